import { control } from '../../contracts/control.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { contracts } from '../../contracts/services.ts'

/** Whatever is to be reached from outside of a container: every fake, and the control API. */
export const published: readonly Pick<Contract, 'service' | 'host' | 'port'>[] = [...Object.values(contracts), control]

export const fakes: readonly Pick<Contract, 'service' | 'host' | 'port'>[] = Object.values(contracts)

/** In an order that says nothing. */
export const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((one, other) => one - other)
