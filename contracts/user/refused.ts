import * as z from 'zod'
import { once } from '../kit/contract.ts'

/** `{"detail": "…"}`: every refusal that a handler words itself. */
export const refused = once(() => z.strictObject({ detail: z.string() }))

/** The reply of one example that finds nobody. */
export const nobody = (who: string) => ({ status: 404, body: { detail: `User ${who} not found` } })
