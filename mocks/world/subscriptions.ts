import * as z from 'zod'
import { table } from '../kit/table.ts'
import { tiers } from './users.ts'

const Subscription = () =>
  z.strictObject({
    subscription_id: z.string().min(1),
    /** How the watermark calls name it. */
    number: z.int(),
    user_id: z.string(),
    product_id: z.string(),
    status: z.enum(['active', 'expired', 'cancelled']),
    tier: z.enum(tiers),
    execution_token: z.string(),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
  })

export type Subscription = z.output<ReturnType<typeof Subscription>>

/** Who may use which product, and until when. `status` is what was last written: past `expires_at` an active one is expired. */
export const subscriptions = table(Subscription, {
  key: 'subscription_id',
  indexes: ['user_id', 'product_id', 'number'],
  references: { user_id: 'users', product_id: 'products' },
})

/** What a subscription is worth at this instant. */
export function statusAt({ status, expires_at }: Subscription, now: number): Subscription['status'] {
  return status === 'active' && Date.parse(expires_at) <= now ? 'expired' : status
}

const Token = () =>
  z.strictObject({
    execution_token: z.string().min(1),
    user_id: z.string(),
    product_id: z.string(),
    subscription_id: z.string(),
    revoked: z.boolean(),
    expires_at: z.iso.datetime(),
  })

export type Token = z.output<ReturnType<typeof Token>>

/** Execution tokens: good for one user and one product until they expire or are revoked. */
export const tokens = table(Token, { key: 'execution_token', references: { user_id: 'users', product_id: 'products', subscription_id: 'subscriptions' } })

const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR
const at = (instant: number) => `${new Date(instant).toISOString().slice(0, 19)}Z`

export function subscriptionRows(now: number): Subscription[] {
  const subscription = (
    number: number,
    user_id: string,
    product_id: string,
    rest: Partial<Subscription> & Pick<Subscription, 'execution_token'>,
  ): Subscription => ({
    subscription_id: `sub_${number}`,
    number,
    user_id,
    product_id,
    status: 'active',
    tier: 'premium',
    created_at: '2026-01-02T00:00:00Z',
    expires_at: at(now + YEAR),
    ...rest,
  })
  return [
    subscription(4711, 'user_123', 'prod_momentum_001', { execution_token: 'exec_token_abc123' }),
    subscription(42, 'user_123', 'prod_123', { execution_token: 'tok_abc' }),
    subscription(43, 'user_456', 'prod_momentum_001', { execution_token: 'exec_token_user_456', tier: 'standard' }),
    subscription(44, 'user_7', 'prod_reversal_002', { execution_token: 'exec_token_user_7', tier: 'enterprise' }),
    subscription(45, 'user_42', 'prod_momentum_001', {
      execution_token: 'exec_token_expired',
      status: 'expired',
      tier: 'standard',
      expires_at: at(now - 24 * HOUR),
    }),
    subscription(46, 'user_1', 'prod_momentum_001', { execution_token: 'exec_token_revoked', status: 'cancelled', tier: 'standard' }),
    subscription(47, 'user_1', 'prod_reversal_002', { execution_token: 'exec_token_one_hour', tier: 'standard', expires_at: at(now + HOUR) }),
    subscription(48, 'user_admin', 'prod_pinned_003', { execution_token: 'exec_token_pinned' }),
    subscription(49, 'user_456', 'strat_momentum_01', { execution_token: 'exec_token_strategy', tier: 'standard' }),
    subscription(5, 'user_0', 'prod_free_004', { execution_token: 'exec_token_free', tier: 'free' }),
  ]
}

/** One token for each subscription: as long as it lasts, and revoked with it. */
export function tokenRows(now: number): Token[] {
  return subscriptionRows(now).map(({ execution_token, user_id, product_id, subscription_id, status, expires_at }) => {
    return { execution_token, user_id, product_id, subscription_id, revoked: status === 'cancelled', expires_at }
  })
}
