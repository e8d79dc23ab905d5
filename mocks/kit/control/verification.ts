import type { FindingKind } from '../../../contracts/verification.ts'
import type { Handlers, Subject } from './subject.ts'

/** Whether the service under test used its neighbours as agreed. */
export function verificationHandlers({ suite }: Subject) {
  return {
    async verify({ query: { lane, since, allow = [], fail_on: failOn } }) {
      const body = await suite.verify({
        ...(lane === undefined ? {} : { lane }),
        ...(since === undefined ? {} : { since }),
        allow: words(allow),
        // The suite has the words for a name that is no kind.
        ...(failOn === undefined ? {} : { failOn: words(failOn) as FindingKind[] }),
      })
      return { status: 200, body }
    },
  } satisfies Handlers<'verify'>
}

/** Repeated, or with commas between them. */
const words = (given: readonly string[]): string[] => given.flatMap((one) => one.split(',')).filter((one) => one !== '')
