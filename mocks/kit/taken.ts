import { MockSuiteError } from '../../contracts/kit/error.ts'
import { holderOf } from './holder.ts'

interface Failed {
  name: string
  port: number
  error: NodeJS.ErrnoException
}

/** One error for all ports that would not open, each with its holder. */
export function takenPorts(failed: readonly Failed[]): MockSuiteError {
  const lines = failed.map(({ name, port, error }) => `  ${name} ${port}: ${reason(port, error)}`)
  return new MockSuiteError(
    'port-taken',
    `could not open ${failed.length === 1 ? 'a port' : `${failed.length} ports`}, so nothing was started:\n${lines.join('\n')}\nStop what holds them, or use --port-offset or --ports auto.`,
  )
}

function reason(port: number, error: NodeJS.ErrnoException): string {
  if (error.code !== 'EADDRINUSE') return error.message
  const holder = holderOf(port)
  return holder === undefined ? 'taken by a process that may not be looked at' : `taken by ${holder.command} (pid ${holder.pid})`
}
