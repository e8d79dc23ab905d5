import * as z from 'zod'
import type { Records } from '../records.ts'
import { table } from '../table.ts'

const State = () => z.strictObject({ scenario: z.string(), state: z.string() })
type States = Pick<Records<z.output<ReturnType<typeof State>>>, 'get' | 'insert' | 'update'>

/** Where each of WireMock's scenarios stands; one that is not in it stands where they all begin. */
export const states = table(State, { key: 'scenario' })

export const stateOf = (known: States, scenario: string): string => known.get(scenario)?.state ?? 'Started'

/** Moves a scenario on, for the requests that follow. */
export function enter(known: States, scenario: string, state: string): void {
  if (known.update(scenario, { state }) === undefined) known.insert({ scenario, state })
}
