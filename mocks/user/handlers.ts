import type { Operation } from '../../contracts/kit/contract.ts'
import type { Handler, Surroundings } from '../kit/mock.ts'
import type { TablesOf } from '../kit/store.ts'
import type { World } from '../world/index.ts'
import type { tables } from './tables.ts'

type Tables = TablesOf<typeof tables>

/** What every handler of this service has around it. */
export type Around = Surroundings<World, Tables>

/** The handlers of one area of the contract. */
export type Handlers<Operations extends Readonly<Record<string, Operation>>> = {
  [Name in keyof Operations]: Handler<World, Tables, Operations[Name]>
}
