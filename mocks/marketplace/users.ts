import type { userOperations } from '../../contracts/marketplace/users.ts'
import type { World } from '../world/index.ts'
import type { Product } from '../world/products.ts'
import { type Subscription, statusAt } from '../world/subscriptions.ts'
import { allowanceOf, featuresOf, levelOf } from '../world/tiers.ts'
import { personOf } from './people.ts'
import type { Handlers } from './tables.ts'

export const userHandlers: Handlers<typeof userOperations> = {
  getUserSubscriptions(call) {
    const { world, clock, query } = call
    const found = personOf(call, call.params.user_id)
    if ('refusal' in found) return found.refusal
    const all = world.subscriptions.where('user_id', found.user.user_id)
    const told = all.map((one) => tell(world, one, clock.now())).filter(({ status }) => query.include_inactive || status === 'active')
    return { status: 200, body: { subscriptions: told, total_count: told.length } }
  },

  getUserTier(call) {
    const { world, clock } = call
    const found = personOf(call, call.params.user_id)
    if ('refusal' in found) return found.refusal
    const { user_id, tier } = found.user
    const { requests_per_minute, signals_per_day, historical_days } = allowanceOf(tier)
    const ends = world.subscriptions.where('user_id', user_id).filter((one) => statusAt(one, clock.now()) === 'active')
    return {
      status: 200,
      body: {
        user_id,
        tier,
        tier_level: levelOf(tier),
        limits: { requests_per_minute, signals_per_day, historical_days },
        expires_at: ends.sort((a, b) => Date.parse(b.expires_at) - Date.parse(a.expires_at))[0]?.expires_at ?? null,
        features: featuresOf(tier),
      },
    }
  },
}

/** One subscription in every form that a client reads: the tier both beside it and inside its product. */
function tell(world: World, subscription: Subscription, now: number) {
  const { subscription_id, product_id, tier, execution_token, created_at, expires_at } = subscription
  const product = world.products.get(product_id) as Product
  const { concurrent_connections, requests_per_minute } = allowanceOf(tier)
  return {
    subscription_id,
    product_id,
    product_name: product.name,
    status: statusAt(subscription, now),
    tier,
    execution_token,
    created_at,
    expires_at,
    signals: product.signals,
    product: { tier: product.tier, is_premium: levelOf(product.tier) >= levelOf('premium'), is_enterprise: product.tier === 'enterprise' },
    features: featuresOf(tier),
    limits: { concurrent_connections, requests_per_minute },
  }
}
