import type { entitlementOperations } from '../../contracts/marketplace/entitlements.ts'
import { noUser } from '../../contracts/marketplace/shapes.ts'
import { statusAt } from '../world/subscriptions.ts'
import { featuresOf, streamLimits, tierNamed } from '../world/tiers.ts'
import { personOf } from './people.ts'
import type { Handlers } from './tables.ts'

export const entitlementHandlers: Handlers<typeof entitlementOperations> = {
  getUserEntitlements(call) {
    const found = personOf(call, call.params.user_id)
    if ('refusal' in found) return found.refusal
    const { user_id, tier } = found.user
    const subscriptions = call.world.subscriptions.where('user_id', user_id).map((one) => {
      const { subscription_id, product_id, expires_at } = one
      return { subscription_id, product_id, status: statusAt(one, call.clock.now()), expires_at }
    })
    return { status: 200, body: { user_id, tier, subscriptions, features: featuresOf(tier) } }
  },

  checkEntitlement({ world, query }) {
    const user = world.users.where('number', query.user_id)[0]
    if (user === undefined) return noUser
    const has_access = user.account_status === 'active' && featuresOf(user.tier).includes(query.feature)
    return { status: 200, body: { has_access, user_id: user.number, feature: query.feature, tier: user.tier } }
  },

  getEntitlements(call) {
    const found = personOf(call, call.params.user_id)
    if ('refusal' in found) return found.refusal
    return { status: 200, body: { user_id: found.user.user_id, entitlements: featuresOf(found.user.tier) } }
  },

  getTierLimits({ params, query }) {
    const tier = tierNamed(params.tier)
    if (tier === undefined) return { status: 404, body: { detail: `Tier ${params.tier} not found` } }
    return { status: 200, body: { tier, stream_type: query.stream_type, ...streamLimits(tier, query.stream_type) } }
  },
}
