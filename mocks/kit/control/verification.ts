import type { FindingKind } from '../../../contracts/verification.ts'
import type { Lane } from '../lane.ts'
import type { Handlers, Subject } from './subject.ts'

/** Whether the service under test used its neighbours as agreed, and what of it is meant. */
export function verificationHandlers({ suite }: Subject) {
  const lanesOf = (index: number | undefined) => (index === undefined ? suite.lanes : [suite.lane(index)])
  return {
    listAllowances: ({ query }) => ({ status: 200, body: told(lanesOf(query.lane)) }),
    allow({ query, body: { allow } }) {
      const lanes = lanesOf(query.lane)
      // All lanes have the same fakes: what one refuses, the first does.
      for (const lane of lanes) lane.allow(allow)
      return { status: 200, body: told(lanes) }
    },
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
  } satisfies Handlers<'listAllowances' | 'allow' | 'verify'>
}

const told = (lanes: readonly Lane[]) => ({ lanes: lanes.map(({ index, allowances }) => ({ lane: index, allow: allowances.texts })) })

/** Repeated, or with commas between them. */
const words = (given: readonly string[]): string[] => given.flatMap((one) => one.split(',')).filter((one) => one !== '')
