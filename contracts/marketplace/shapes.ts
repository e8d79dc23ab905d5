import * as z from 'zod'
import { once } from '../kit/contract.ts'
import { type Pydantic, pydantic } from '../kit/fastapi.ts'

/** The pydantic that goes with FastAPI 0.104.1. */
export const py: Pydantic = pydantic('2.5')

export const CLIENT = 'app/services/marketplace_client.py'
export const POLICY = 'app/api/v2/signal_version_policy.py'
export const ENTITLEMENTS = 'app/services/unified_entitlement_service.py'

/** Read by one client or test, or by several. */
export const readBy = <Schema extends z.ZodType>(schema: Schema, ...readers: string[]): Schema => schema.meta({ readBy: readers })

/** A token is as good as its holder. */
export const token = once(() => py.str().meta({ secret: true }))

export const refused = once(() => z.strictObject({ detail: z.string() }))

export const tier = once(() => z.enum(['free', 'standard', 'premium', 'enterprise']))
export const subscriptionStatus = once(() => z.enum(['active', 'expired', 'cancelled']))

/** Dates of the marketplace name their zone: `2026-12-31T23:59:00Z`. */
export const instant = once(() => z.iso.datetime())

/** Some clients know users by text, some by number. */
export const userId = once(() => py.union([py.str(), py.int()]))

export const noUser = { status: 404, body: { detail: 'User not found' } } as const
export const noProduct = { status: 404, body: { detail: 'Product not found' } } as const
