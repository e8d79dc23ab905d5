import { readFileSync } from 'node:fs'
import AjvDraft04 from 'ajv-draft-04'
import { expect } from 'vitest'

const schema = JSON.parse(readFileSync(new URL('fixtures/sarif-schema-2.1.0.json', import.meta.url), 'utf8')) as object
/** Whether a log keeps the schema of SARIF 2.1.0. */
export const isSarif = new AjvDraft04.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)

interface SarifLog {
  runs: { tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }[]
}

/** The one run of a log that keeps its schema. */
export function readSarif(text: string): SarifLog['runs'][number] {
  const log = JSON.parse(text) as SarifLog
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true)
  return log.runs[0] as SarifLog['runs'][number]
}
