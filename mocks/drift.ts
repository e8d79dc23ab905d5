import type { DriftReport } from '../contracts/drift/report.ts'
import { driftReportOf } from './kit/drift-report.ts'
import { services } from './services.ts'
import { world } from './world/index.ts'

/**
 * Holds recordings of the real services against their contracts and against our fakes.
 *
 * @throws MockSuiteError `bad-recording` when a file is none; `unknown-service`.
 * @example
 * import { driftReport } from 'mock-suite/drift'
 *
 * const { coverage } = await driftReport({ recordings: [], now: Date.parse('2026-12-01T00:00:00Z') })
 * coverage[0]?.state // 'unproven'
 */
export const driftReport: (options: Parameters<ReturnType<typeof driftReportOf>>[0]) => Promise<DriftReport> = driftReportOf({ mocks: services, world })

export type { Acceptance, Change, Example, Finding, Severity, Verdict } from '../contracts/drift/finding.ts'
export type { CoveredOperation, DriftReport, RecordingInfo } from '../contracts/drift/report.ts'
