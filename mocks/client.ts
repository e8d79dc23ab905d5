import { type JoinOptions, joinLane as join } from './kit/client/join-lane.ts'
import type { JoinedLane } from './kit/client/joined-lane.ts'
import type { ServiceName } from './neighbourhood.ts'

/** Ours, and those of whoever has services of their own. */
export type AnyService = ServiceName | (string & {})

/**
 * Takes a lane of a suite that runs in another process: of the one that the environment names, the lane of this parallel test worker.
 *
 * @throws MockSuiteError `not-running`, `unknown-lane`
 * @example
 * import { startSuite } from 'mock-suite'
 * import { joinLane } from 'mock-suite/client'
 *
 * await using suite = await startSuite({ services: ['config'], ports: 'auto', control: true })
 *
 * const lane = await joinLane({ url: suite.control?.url ?? '' })
 * const reply = await lane.fetch('config', '/health')
 * console.log(reply.status) // 200
 */
export const joinLane = (options?: JoinOptions): Promise<JoinedLane<AnyService>> => join<AnyService>(options)

export type { Entry, InboxMessage } from '../contracts/control.ts'
export { MockSuiteError } from '../contracts/kit/error.ts'
export type { Verification } from '../contracts/verification.ts'
export type { JoinOptions } from './kit/client/join-lane.ts'
export type { JoinedClock } from './kit/client/joined-clock.ts'
export type { FinishOptions, JoinedLane, JoinedPlayed } from './kit/client/joined-lane.ts'
export { RemoteError } from './kit/client/remote-error.ts'
export { VerificationError } from './kit/client/verification-error.ts'
