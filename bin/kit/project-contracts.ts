import { control } from '../../contracts/control.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { joined } from '../../contracts/kit/joined.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { contracts } from '../../contracts/services.ts'
import { configuration } from './configuration/held.ts'

/** What is agreed with each service, ours and those of the configuration file: for commands that need no fake. */
export function projectContracts(): Record<string, Contract> {
  const theirs = Object.entries(configuration()?.services ?? {}).map(([name, { contract }]) => [name, contract] as const)
  return beside<Contract>(contracts, Object.fromEntries(theirs), (contract) => contract)
}

/**
 * Ours, as far as the configuration file leaves them, and others beside them.
 *
 * @throws MockSuiteError `bad-config`
 */
export function beside<T>(ours: Readonly<Record<string, T>>, theirs: Readonly<Record<string, T>>, contractOf: (one: T) => Contract): Record<string, T> {
  const file = configuration()
  if (file === undefined) return ours
  const { only, except, placeOf } = file
  for (const list of ['only', 'except'] as const)
    for (const name of file[list] ?? []) if (!Object.hasOwn(ours, name)) throw unknown(placeOf([list]), name, Object.keys(ours))
  const left = Object.entries(ours).filter(([name]) => only?.includes(name) !== false && !except.includes(name))
  return joined(Object.fromEntries(left), theirs, { contractOf, besides: [control] })
}

function unknown(place: string, name: string, names: readonly string[]): MockSuiteError {
  return new MockSuiteError(
    'bad-config',
    `could not take the configuration:\n  ${place}: none of ours is called ${JSON.stringify(name)}.${didYouMean(name, names)} There are ${names.join(', ')}.`,
  )
}
