import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { didYouMean } from '../../../contracts/kit/nearest.ts'
import { faults } from '../../../scenarios/kit/faults/index.ts'
import { withExplanations } from '../explained.ts'
import type { Entry, JournalFilter } from '../journal.ts'
import type { Lane } from '../lane.ts'
import type { Handlers, Subject } from './subject.ts'

/** What happened, and how to forget it. */
export function happenedHandlers({ suite }: Subject) {
  return {
    listEntries({ query: { lane: index = 0, explain, ...filter } }) {
      const lane = suite.lane(index)
      checkNames(lane, filter)
      const { total, dropped } = lane.journal
      const entries = lane.journal.entries(filter)
      const page = (told: Entry[]) => ({ status: 200 as const, body: { total, dropped, entries: told } })
      return explain ? withExplanations(lane, entries).then(page) : page(entries)
    },
    reset({ query: { lane } }) {
      const lanes = lane === undefined ? suite.lanes : [suite.lane(lane)]
      return { status: 200, body: { lanes: lanes.map((one) => one.reset()) } }
    },
  } satisfies Handlers<'listEntries' | 'reset'>
}

/** A mistyped name would match nothing, and an empty journal reads like good news. */
function checkNames(lane: Lane, { service, operation, fault }: JournalFilter): void {
  if (fault !== undefined && !Object.hasOwn(faults, fault)) {
    const known = Object.keys(faults)
    throw new MockSuiteError(
      'bad-option',
      `could not look for the fault ${fault}: there is none of that name.${didYouMean(fault, known) || ` There are ${known.join(', ')}.`}`,
    )
  }
  const services = service === undefined ? [...lane.services.values()] : [lane.service(service)]
  const known = services.flatMap(({ contract }) => Object.keys(contract.operations))
  if (operation === undefined || known.includes(operation)) return
  throw new MockSuiteError(
    'unknown-operation',
    `could not find the operation ${operation}: ${service ?? 'no service that runs'} ${service === undefined ? 'has it' : 'does not have it'}.${didYouMean(operation, known)}`,
  )
}
