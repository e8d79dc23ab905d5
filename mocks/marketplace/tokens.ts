import type { World } from '../world/index.ts'
import { type Subscription, statusAt, type Token } from '../world/subscriptions.ts'
import { userNamed } from './people.ts'

type Reason = 'unknown_token' | 'wrong_user' | 'wrong_product' | 'revoked' | 'expired' | 'subscription_inactive' | 'account_inactive'

interface TokenQuestion {
  execution_token: string
  /** Whose it must be, if that matters. */
  user_id?: string
  /** For which product it must be, if that matters. */
  product_id?: string
}

type Judgement = { token: Token; subscription: Subscription } | { reason: Reason }

/** Whether a token holds at this instant, and if not, the first reason why. */
export function judgeToken(world: World, now: number, { execution_token, user_id, product_id }: TokenQuestion): Judgement {
  const token = world.tokens.get(execution_token)
  const subscription = world.subscriptions.get(token?.subscription_id)
  if (token === undefined || subscription === undefined) return { reason: 'unknown_token' }
  if (user_id !== undefined && userNamed(world, user_id)?.user_id !== token.user_id) return { reason: 'wrong_user' }
  if (product_id !== undefined && product_id !== token.product_id) return { reason: 'wrong_product' }
  if (token.revoked) return { reason: 'revoked' }
  if (Date.parse(token.expires_at) <= now) return { reason: 'expired' }
  if (statusAt(subscription, now) !== 'active') return { reason: 'subscription_inactive' }
  if (world.users.get(token.user_id)?.account_status !== 'active') return { reason: 'account_inactive' }
  return { token, subscription }
}
