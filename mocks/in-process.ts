import { type ServiceName, startSuite } from './index.ts'
import { inProcessOf } from './kit/transports/in-process.ts'

/**
 * Starts fakes inside this process: no ports, answered through msw (2.x, which you install beside mock-suite).
 * Connection faults need real ports: over msw every broken connection is one bare network error.
 *
 * @throws MockSuiteError `unknown-service`, `bad-option`, `bad-world`.
 * @example
 * import { inProcess } from 'mock-suite/in-process'
 *
 * await using suite = await inProcess({ services: ['config'], clock: '2026-01-17T09:15:30Z' })
 * const reply = await fetch('http://config-service:8092/health')
 * console.log(reply.status, suite.journal.total) // 200 1
 */
export const inProcess = inProcessOf<ServiceName>(startSuite)
