import * as z from 'zod'

/** What a recording has, for a program. */
export const recordedInfo = () => z.strictObject({ recorded: z.array(recorded()) })

const recorded = () =>
  z.strictObject({
    service: z.string(),
    file: z.string(),
    kept: z.int(),
    /** Exchanges that could not be kept. */
    lost: z.int(),
    /** How many exchanges of each operation. */
    operations: z.record(z.string(), z.int()),
    /** From how many exchanges something was removed. */
    redacted: z.int(),
    redaction: z.strictObject({
      /** The fingerprint of the key. */
      keyed: z.string(),
      removed: z.array(z.strictObject({ kind: z.string(), places: z.array(z.string()), values: z.int(), times: z.int() })),
    }),
  })
