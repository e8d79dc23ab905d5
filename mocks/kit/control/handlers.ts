import { aboutHandlers } from './about.ts'
import { agreedHandlers } from './agreed.ts'
import { bundleHandlers } from './bundle.ts'
import { clockHandlers } from './clock.ts'
import { happenedHandlers } from './happened.ts'
import { inboxHandlers } from './inbox.ts'
import { scenarioHandlers } from './scenarios.ts'
import type { Handlers, Operations, Subject } from './subject.ts'
import { tableHandlers } from './tables.ts'
import { verificationHandlers } from './verification.ts'

/** Every operation that is one reply; events are a stream. */
export type Answered = Exclude<keyof Operations, 'followEvents'>

/** A handler for every operation of the contract; one that is forgotten does not compile. */
export function handlersOf(subject: Subject): Handlers<Answered> {
  return {
    ...aboutHandlers(subject),
    ...happenedHandlers(subject),
    ...scenarioHandlers(subject),
    ...verificationHandlers(subject),
    ...bundleHandlers(subject),
    ...clockHandlers(subject),
    ...tableHandlers(subject),
    ...inboxHandlers(subject),
    ...agreedHandlers(subject),
  }
}
