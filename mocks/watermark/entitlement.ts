import type { World } from '../world/index.ts'
import { type Subscription, statusAt } from '../world/subscriptions.ts'

/** The subscription that a client means: by its number, by its id, or by a number written as text. */
export function subscriptionNamed(world: World, name: number | string): Subscription | undefined {
  const byNumber = typeof name === 'number' || /^\d+$/.test(name) ? world.subscriptions.where('number', Number(name))[0] : undefined
  return byNumber ?? world.subscriptions.get(name)
}

export const active = (subscription: Subscription, now: number): boolean => statusAt(subscription, now) === 'active'

/** Why a stream is not this user's to have, or the subscription that makes it so, if it needs one. */
export function entitle(world: World, now: number, user_id: string, stream: string): { refusal: string } | { subscription: Subscription | undefined } {
  const user = world.users.get(user_id)
  if (user === undefined) return { refusal: `User ${user_id} not found` }
  if (user.account_status !== 'active') return { refusal: `User ${user_id} is not active` }
  const [kind, owner = ''] = stream.split(':')
  if (kind === 'personal' && owner !== user_id) return { refusal: `Stream ${stream} is not open to user ${user_id}` }
  const product = kind === 'marketplace' ? world.products.get(owner) : undefined
  if (product === undefined) return { subscription: undefined }
  const subscription = world.subscriptions.where('user_id', user_id).find((one) => one.product_id === product.product_id && active(one, now))
  if (subscription === undefined && product.requires_subscription && product.creator_id !== user_id) {
    return { refusal: `User ${user_id} has no active subscription to ${product.product_id}` }
  }
  return { subscription }
}
