import * as z from 'zod'
import type { Difference } from '../../mocks/kit/day/differences.ts'

/** What came of doing a bundle again, for a program. */
export const redoneInfo = () =>
  z.strictObject({
    bundle: z.string(),
    /** Of mock-suite, when the bundle was written. */
    version: z.string(),
    same: z.boolean(),
    lanes: z.array(z.strictObject({ lane: z.int(), exchanges: z.int(), same: z.int(), differences: z.array(difference()) })),
  })

const difference = (() =>
  z.strictObject({
    /** Of the exchange in the journal, as it was; null for what is about a table. */
    seq: z.int().nullable(),
    arrival: z.int().nullable(),
    where: z.string(),
    what: z.string(),
    was: z.string(),
    is: z.string(),
  })) satisfies () => z.ZodType<Difference>
