import { naive } from '../../contracts/kit/fastapi/naive.ts'
import type { permissionOperations } from '../../contracts/user/permissions.ts'
import { streamLimits } from '../world/tiers.ts'
import type { User } from '../world/users.ts'
import { byAnyName } from './directory.ts'
import type { Around, Handlers } from './handlers.ts'
import { preferencesOf } from './preferences.ts'
import { hasFoAccess, isActive } from './status.ts'

/** Inferred: how many functions of one's own each role may have. */
const MAX_FUNCTIONS: Readonly<Record<User['role'], number>> = { suspended: 0, basic: 3, premium: 10, admin: 50 }

export const permissions: Handlers<typeof permissionOperations> = {
  getPermissions(call) {
    const user = byAnyName(call.world, call.params.user_id)
    if (user === undefined) return unknown(call.params)
    const role = roleNow(user)
    return {
      status: 200,
      body: {
        user_id: user.user_id,
        role,
        permissions: isActive(user) ? user.permissions : [],
        entitlements: { ...foOf(user, call.clock.now()), tier: user.tier },
        account_status: user.account_status,
        max_functions: isActive(user) ? MAX_FUNCTIONS[role] : 0,
        max_memory_mb: 32,
        max_timeout: 10,
      },
    }
  },

  getProfile(call) {
    const user = byAnyName(call.world, call.params.user_id)
    if (user === undefined) return unknown(call.params)
    const { user_id, name, email, phone, tier, account_status, watchlist, custom_lists } = user
    const { preferences } = preferencesOf(call, user)
    const created_at = naive(Date.parse(user.created_at))
    return { status: 200, body: { user_id, name, email, phone, role: roleNow(user), tier, account_status, preferences, watchlist, custom_lists, created_at } }
  },

  getUserWatchlist({ world, params }) {
    const user = byAnyName(world, params.user_id)
    if (user === undefined) return unknown(params)
    return { status: 200, body: { user_id: user.user_id, symbols: user.watchlist, custom_lists: user.custom_lists } }
  },

  getWatchlist({ world, params }) {
    const user = byAnyName(world, params.user_id)
    return user === undefined ? unknown(params) : { status: 200, body: { watchlist: user.watchlist } }
  },

  getEntitlements(call) {
    const user = byAnyName(call.world, call.params.user_id)
    if (user === undefined) return unknown(call.params)
    const { user_id, tier, account_status } = user
    const fo = foOf(user, call.clock.now())
    const entitlements = [...(isActive(user) ? ['equity' as const] : []), ...(fo.fo_access ? ['fo' as const] : [])]
    return {
      status: 200,
      body: { user_id, tier, account_status, entitlements, ...fo, active_subscriptions: subscriptionsOf(call, user), limits: streamLimits(tier, null) },
    }
  },
}

const unknown = ({ user_id }: { user_id: string }) => ({ status: 404 as const, body: { detail: `User ${user_id} not found` } })

/** A suspension outranks whatever role a person has. */
const roleNow = ({ account_status, role }: User): User['role'] => (account_status === 'suspended' ? 'suspended' : role)

function foOf(user: User, now: number) {
  return { fo_access: hasFoAccess(user, now), fo_expiry: user.fo_expiry === null ? null : naive(Date.parse(user.fo_expiry)) }
}

function subscriptionsOf({ world, clock }: Around, { user_id }: User) {
  return world.subscriptions
    .where('user_id', user_id)
    .filter(({ status, expires_at }) => status === 'active' && clock.now() < Date.parse(expires_at))
    .map(({ subscription_id, product_id, tier, expires_at }) => ({ subscription_id, product_id, tier, expires_at: naive(Date.parse(expires_at)) }))
}
