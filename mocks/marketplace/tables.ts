import * as z from 'zod'
import type { Handler, Surroundings } from '../kit/mock.ts'
import type { TablesOf } from '../kit/store.ts'
import { table } from '../kit/table.ts'
import type { World } from '../world/index.ts'

const Execution = () =>
  z.strictObject({
    execution_id: z.string().min(1),
    /** The product that ran; none where only usage was reported. */
    strategy_id: z.string().nullable(),
    /** Against whose day it counts; none where the signal names nobody. */
    user_id: z.string().nullable(),
    quantity: z.int().min(1),
    /** On the suite's clock, in milliseconds. */
    at: z.int(),
  })

/** What the marketplace keeps for itself; everything else it shares with its neighbours. */
export const tables = {
  executions: table(Execution, {
    key: 'execution_id',
    indexes: ['user_id', 'strategy_id'],
    references: { user_id: 'users', strategy_id: 'products' },
  }),
}

type Tables = TablesOf<typeof tables>
export type Around = Surroundings<World, Tables>

/** One handler for each operation of a part of the contract. */
export type Handlers<Operations> = { [Name in keyof Operations]: Handler<World, Tables, Operations[Name]> }
