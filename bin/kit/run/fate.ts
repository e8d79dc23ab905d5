import type { ExitCode } from '../exit.ts'
import { signalCode } from '../signal-code.ts'

/** How a command ended. */
export interface Fate {
  /** As a shell would tell it. */
  code: ExitCode
  /** Whether it ever ran. */
  started: boolean
  /** What there is to say of it, where it did not end by itself. */
  told?: string
}

interface Ending {
  exitCode?: number | undefined
  signal?: string | undefined
  /** Why the system would not start it. */
  code?: string | undefined
  shortMessage?: string | undefined
}

export function fateOf(file: string, { exitCode, signal, code, shortMessage = 'for no reason that was told' }: Ending): Fate {
  if (exitCode !== undefined) return { code: exitCode, started: true }
  if (signal !== undefined) return { code: signalCode(signal), started: true, told: `${file} was ended by ${signal}` }
  const failed = (told: string, code: ExitCode): Fate => ({ code, started: false, told: `could not run ${file}: ${told}` })
  if (code === 'ENOENT') return failed(`it was not found. ${whyMissing(file)}`, 127)
  if (code === 'EACCES') return failed('it may not be executed. Give it leave with chmod +x, or write before it what runs it, e.g. python3.', 126)
  return failed(shortMessage, 126)
}

function whyMissing(file: string): string {
  if (/\s/.test(file)) return "It is one word, spaces and all: write its words apart, or let a shell read them, -- sh -c '…'."
  if (file.includes('/')) return 'There is no such file; or its first line names a program that is not there.'
  return 'There is no such program on the PATH. One of a project may want its runner, e.g. -- npx vitest, -- poetry run pytest.'
}
