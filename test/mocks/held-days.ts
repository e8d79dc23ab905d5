import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DriftReport } from '../../contracts/drift/report.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { harText } from '../../contracts/kit/recording/write-har.ts'
import { driftReport } from '../../mocks/drift.ts'
import { head } from '../contracts/recording.ts'

interface Options extends Omit<Parameters<typeof driftReport>[0], 'recordings' | 'now'> {
  now?: number
  /** @default that of the fakes of this package */
  report?: typeof driftReport
}

/** A report on days that were recorded, one file each; it is made on the evening of the last. */
export async function heldDays(days: readonly (readonly RecordedExchange[])[], { report = driftReport, ...options }: Options = {}): Promise<DriftReport> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-suite-days-'))
  try {
    for (const [at, day] of days.entries()) writeFileSync(join(folder, `${String(at).padStart(3, '0')}.har`), harText(head, day))
    return await report({ recordings: [folder], now: Math.max(...days.flat().map(({ at }) => at)), ...options })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
