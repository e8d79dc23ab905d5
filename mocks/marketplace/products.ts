import type { productOperations } from '../../contracts/marketplace/products.ts'
import { noProduct, noUser } from '../../contracts/marketplace/shapes.ts'
import type { Product } from '../world/products.ts'
import { allowanceOf } from '../world/tiers.ts'
import type { User } from '../world/users.ts'
import { type Access, accessTo } from './access.ts'
import { quotaOf } from './executions.ts'
import { userNamed } from './people.ts'
import type { Around, Handlers } from './tables.ts'
import { judgeToken } from './tokens.ts'
import { versionInfo, versionsOf } from './version-policy.ts'

export const productHandlers: Handlers<typeof productOperations> = {
  getProductSignals(call) {
    const view = viewOf(call)
    if ('status' in view) return view
    const { product, access } = view
    return {
      status: 200,
      body: {
        product_id: product.product_id,
        signals: access.granted ? product.signals : [],
        subscription_id: access.standing === 'active' ? (access.subscription?.subscription_id ?? null) : null,
        requires_subscription: product.requires_subscription,
        has_active_subscription: access.standing === 'active',
      },
    }
  },

  getProductDefinition(call) {
    const view = viewOf(call)
    if ('status' in view) return view
    const { product, access } = view
    const { product_id, name, description, creator_id, product_type, tier, risk_level, subscriber_count, access_level, requires_subscription } = product
    return {
      status: 200,
      body: {
        product_id,
        name,
        description,
        creator_id,
        product_type,
        tier,
        risk_level,
        subscriber_count,
        signal_groups: access.granted ? [{ name, signals: product.signals }] : [],
        access_level,
        requires_subscription,
        user_access: standingOf(access),
        version_info: versionInfo(product, versionsOf(call.world, product_id)),
      },
    }
  },

  checkProductAccess(call) {
    const view = viewOf(call)
    if ('status' in view) return view
    return { status: 200, body: { product_id: view.product.product_id, ...standingOf(view.access), usage_limits: usageOf(call, view.user) } }
  },
}

interface Looking extends Around {
  params: { product_id: string }
  headers: { 'x-user-id': string | null; 'x-execution-token': string | null }
}

type View = { product: Product; user: User | undefined; access: Access }

/** A product as one user sees it: the one whom the gateway names, or else the holder of the token. */
function viewOf({ world, clock, params, headers }: Looking): View | typeof noProduct | typeof noUser {
  const product = world.products.get(params.product_id)
  if (product === undefined) return noProduct
  const named = headers['x-user-id'] || null
  const token = headers['x-execution-token'] || null
  const user = named === null ? world.users.get(world.tokens.get(token)?.user_id) : userNamed(world, named)
  if (named !== null && user === undefined) return noUser
  const access = accessTo(world, clock.now(), product, user)
  return { product, user, access: token === null || holds(world, clock.now(), token, product, user) ? access : { ...access, granted: false, level: 'none' } }
}

/** A token that is shown must hold: clients deny as well when it does not, whatever the subscription says (C1 §5.4). */
function holds(world: Looking['world'], now: number, execution_token: string, { product_id }: Product, user: User | undefined): boolean {
  return user !== undefined && 'token' in judgeToken(world, now, { execution_token, product_id, user_id: user.user_id })
}

function standingOf({ granted, level, standing, subscription }: Access) {
  return { has_access: granted, access_level: level, subscription_status: standing, expires_at: subscription?.expires_at ?? null }
}

/** Whoever is not named is treated as a free user who has not begun. */
function usageOf(call: Looking, user: User | undefined) {
  const { requests_per_minute, signals_per_day } = allowanceOf(user?.tier ?? 'free')
  const { used, remaining } = user === undefined ? { used: 0, remaining: signals_per_day } : quotaOf(call, user)
  return { requests_per_minute, signals_per_day, executions_today: used, executions_remaining: remaining }
}
