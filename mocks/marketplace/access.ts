import type { World } from '../world/index.ts'
import type { Product } from '../world/products.ts'
import { type Subscription, statusAt } from '../world/subscriptions.ts'
import { levelOf } from '../world/tiers.ts'
import type { User } from '../world/users.ts'

export interface Access {
  granted: boolean
  level: Product['access_level'] | 'none'
  standing: 'active' | 'expired' | 'none'
  subscription: Subscription | undefined
}

/** What a user may do with a product at this instant; nobody in particular may use what is free. */
export function accessTo(world: World, now: number, product: Product, user: User | undefined): Access {
  const subscription = user === undefined ? undefined : currentSubscription(world, now, product, user)
  const status = subscription === undefined ? 'none' : statusAt(subscription, now)
  const granted = mayUse(product, user, status === 'active')
  return { granted, level: granted ? product.access_level : 'none', standing: status === 'cancelled' ? 'none' : status, subscription }
}

/** Of several subscriptions the active one counts, or else the one that lasted longest. */
function currentSubscription(world: World, now: number, { product_id }: Product, { user_id }: User): Subscription | undefined {
  const all = world.subscriptions.where('user_id', user_id).filter((one) => one.product_id === product_id)
  const active = all.find((one) => statusAt(one, now) === 'active')
  return active ?? all.sort((a, b) => Date.parse(b.expires_at) - Date.parse(a.expires_at))[0]
}

function mayUse(product: Product, user: User | undefined, subscribed: boolean): boolean {
  if (user !== undefined && user.account_status !== 'active') return false
  if (user?.user_id === product.creator_id) return true
  switch (product.access_level) {
    case 'free':
      return true
    case 'premium':
      return user !== undefined && levelOf(user.tier) >= levelOf(product.tier)
    case 'subscription':
      return subscribed
  }
}
