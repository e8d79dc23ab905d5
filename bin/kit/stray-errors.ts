import type { Terminal } from './terminal.ts'

/** From here on an error that nobody caught is told and counted, and the fakes go on answering. */
export function surviveStrayErrors(terminal: Pick<Terminal, 'warn'>): { count: number } {
  const stray = { count: 0 }
  const survive = (error: unknown) => {
    stray.count += 1
    terminal.warn(`mock-suite: survived a stray error (${stray.count} so far): ${error instanceof Error ? error.stack : String(error)}`)
  }
  process.on('uncaughtException', survive)
  process.on('unhandledRejection', survive)
  return stray
}
