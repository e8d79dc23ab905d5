import * as z from 'zod'
import { DURATION, duration } from './duration.ts'

/** A duration in a scenario, with its unit; milliseconds once it is read. */
export const time = () =>
  z
    .string('a duration needs a unit: write it like 250ms, 5s, 2m')
    .regex(DURATION, 'is no duration: write it like 250ms, 5s, 2m')
    .transform((text) => duration(text))
