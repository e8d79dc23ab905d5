import { writeFileSync } from 'node:fs'
import { UsageError } from './usage-error.ts'

/** Writes a report to a file of its own. @throws UsageError */
export function saveReport(file: string, report: string): void {
  try {
    writeFileSync(file, `${report}\n`)
  } catch (error) {
    throw new UsageError(`could not write the report to ${file}: ${(error as Error).message}. Name a file in a folder that is there.`)
  }
}
