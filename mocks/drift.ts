import type { DriftReport } from '../contracts/drift/report.ts'
import { held } from './kit/held.ts'
import { services } from './services.ts'
import { world } from './world/index.ts'

/**
 * Holds recordings of the real services against their contracts and against our fakes.
 *
 * @throws MockSuiteError `bad-recording` when a file is none; `unknown-service`.
 * @example
 * import { driftReport } from 'mock-suite/drift'
 *
 * const report = await driftReport({ recordings: ['contracts/recordings'], now: Date.now() })
 * report.findings.filter(({ severity }) => severity === 'breaking')
 */
export const driftReport: (options: Parameters<ReturnType<typeof held>>[0]) => Promise<DriftReport> = held({ mocks: services, world })
