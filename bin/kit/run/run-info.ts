import * as z from 'zod'
import { verification } from '../../../contracts/verification.ts'

/** What became of a run, for a program. */
export const runInfo = () =>
  z.strictObject({
    /** The command's own, as a shell would tell it. */
    code: z.int(),
    /** Why it ended otherwise than by itself; null when it did not. */
    told: z.string().nullable(),
    seed: z.int(),
    /** Null with --no-verify, and when the command could not be started. */
    verification: verification().nullable(),
    coverage: z.strictObject({ percent: z.number() }),
    /** The folder of what replay needs; null when none was written. */
    bundle: z.string().nullable(),
  })
