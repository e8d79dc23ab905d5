import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { Lane } from './lane.ts'
import type { Mock } from './mock.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import { tellRefusals } from './refusals.ts'
import type { SuiteOptions } from './suite-options.ts'

/** As many copies of these services as the options ask for. */
export function createLanes<Name extends string>(
  names: readonly Name[],
  { mocks, world, environment }: Neighbourhood<Name>,
  options: SuiteOptions,
  complain: (message: string) => void,
): Lane[] {
  return Array.from({ length: count(options.lanes ?? 1) }, (_, index) => {
    const lane = new Lane(index, {
      mocks: names.map((name) => mocks[name]),
      world,
      ...(options.backends === undefined ? {} : { backends: options.backends }),
      ...(options.world === undefined ? {} : { overlay: options.world }),
      seed: options.seed ?? 42,
      strictAuth: options.strictAuth ?? false,
      ...(environment === undefined ? {} : { variables: environment }),
      journalLimit: options.journalLimit ?? 10_000,
      ...(options.journalBytes === undefined ? {} : { journalBytes: options.journalBytes }),
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      complain,
    })
    if (options.onRefused !== undefined) tellRefusals(lane, options.onRefused)
    return lane
  })
}

function count(lanes: number): number {
  if (Number.isInteger(lanes) && lanes >= 1 && lanes <= 64) return lanes
  throw new MockSuiteError('bad-option', `could not open ${lanes} lanes: the number must be whole, from 1 to 64.`)
}

/** @throws MockSuiteError `unknown-service` */
export function known<Name extends string>(name: Name, mocks: Readonly<Record<string, Mock>>): Name {
  if (Object.hasOwn(mocks, name)) return name
  const names = Object.keys(mocks)
  throw new MockSuiteError(
    'unknown-service',
    `could not start ${JSON.stringify(name)}: there is no service of that name.${didYouMean(name, names)} There are ${names.join(', ')}.`,
  )
}
