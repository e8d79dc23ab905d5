import { appendFileSync } from 'node:fs'
import type { Terminal } from './terminal.ts'

/** Appends to the summary of a GitHub step; outside of one, nothing happens. A summary that cannot be written fails nobody's build. */
export function appendStepSummary(markdown: string, terminal: Pick<Terminal, 'warn'>): void {
  const file = process.env.GITHUB_STEP_SUMMARY
  if (file === undefined || file === '') return
  try {
    appendFileSync(file, `${markdown}\n\n`)
  } catch (error) {
    terminal.warn(`mock-suite: could not write the step's summary: ${(error as Error).message}`)
  }
}
