import { down } from './down.ts'
import { latency } from './latency.ts'
import { reset } from './reset.ts'

/** The catalogue: one file a fault, one line here. */
export const faults = {
  latency,
  reset,
  down,
}

export type FaultName = keyof typeof faults
