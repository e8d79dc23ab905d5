import { MockSuiteError } from '../../contracts/kit/error.ts'
import { holderOf } from './holder.ts'

interface Failed {
  name: string
  port: number
  error: NodeJS.ErrnoException & { address?: string; hostname?: string }
}

/** What `listen` says of an address that is not this machine's, or no address at all. */
const NO_SUCH_HOST = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT', 'EINVAL'])

/** One error for all ports that would not open: with the holder of each, or, where no port is to blame, the host. */
export function unopenedPorts(failed: readonly Failed[]): MockSuiteError {
  const nowhere = failed.find(({ error }) => NO_SUCH_HOST.has(error.code ?? ''))
  if (nowhere !== undefined) {
    return new MockSuiteError(
      'bad-option',
      `could not listen on ${nowhere.error.address ?? nowhere.error.hostname ?? 'that host'}: ${nowhere.error.code}, the machine has no such address. Give --host one of its own, or leave it out for loopback.`,
    )
  }
  const lines = failed.map(({ name, port, error }) => `  ${name} ${port}: ${reason(port, error)}`)
  return new MockSuiteError(
    'port-taken',
    `could not open ${failed.length === 1 ? 'a port' : `${failed.length} ports`}, so nothing was started:\n${lines.join('\n')}\nStop what holds them, or use --port-offset or --ports auto.`,
  )
}

function reason(port: number, error: Failed['error']): string {
  if (error.code !== 'EADDRINUSE') return error.message
  const holder = holderOf(port)
  return holder === undefined ? 'taken by a process that may not be looked at' : `taken by ${holder.command} (pid ${holder.pid})`
}
