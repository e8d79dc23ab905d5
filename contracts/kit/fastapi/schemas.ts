import * as z from 'zod'
import { once } from '../contract.ts'

/** `{"detail":"Not Found"}`: what an `HTTPException` is answered with. */
export const httpException = once(() => z.strictObject({ detail: z.string() }).meta({ id: 'HTTPException' }))

/** What FastAPI answers when a request does not fit its models. */
export const httpValidationError = once(() =>
  z
    .strictObject({
      detail: z.array(
        z.strictObject({
          type: z.string(),
          loc: z.array(z.union([z.string(), z.int()])),
          msg: z.string(),
          input: z.unknown(),
          ctx: z.record(z.string(), z.unknown()).optional(),
          url: z.string().optional(),
        }),
      ),
    })
    .meta({ id: 'HTTPValidationError' }),
)
