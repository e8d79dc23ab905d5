import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder for the present test, gone with it. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mock-suite-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}
