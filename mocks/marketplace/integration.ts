import type { integrationOperations } from '../../contracts/marketplace/integration.ts'
import type { World } from '../world/index.ts'
import type { Token } from '../world/subscriptions.ts'
import { allowanceOf, featureOfStream, featuresOf } from '../world/tiers.ts'
import type { User } from '../world/users.ts'
import type { Handlers } from './tables.ts'
import { judgeToken } from './tokens.ts'

export const integrationHandlers: Handlers<typeof integrationOperations> = {
  verifyExecutionToken({ world, clock, body }) {
    const { product_id, user_id } = body
    const judged = judgeToken(world, clock.now(), body)
    if ('reason' in judged) return { status: 200, body: { is_valid: false, product_id, user_id, reason: judged.reason } }
    const { subscription_id, expires_at } = judged.token
    return { status: 200, body: { is_valid: true, product_id, user_id, subscription_id, expires_at } }
  },

  verifyExecution({ world, clock, body }) {
    const judged = judgeToken(world, clock.now(), { execution_token: body.token })
    if ('reason' in judged) return { status: 401, body: { detail: `Invalid execution token: ${judged.reason}` } }
    const user = world.users.get(judged.token.user_id) as User
    const lack = lacking(world, body.stream, judged.token, user)
    if (lack !== undefined) return { status: 403, body: { valid: false, ...lack } }
    const { requests_per_minute } = allowanceOf(user.tier)
    return { status: 200, body: { valid: true, user_id: user.user_id, entitlements: featuresOf(user.tier), rate_limits: { requests_per_minute } } }
  },
}

/** What the holder of a token would need for a stream; nothing when it is theirs already. Streams are named like `marketplace:prod_123:…`. */
function lacking(world: World, stream: string, { product_id }: Token, { user_id, tier }: User): { error: string; required: string[] } | undefined {
  const [type = '', owner = ''] = stream.split(':')
  const feature = featureOfStream(type)
  if (feature === undefined) return { error: 'Unknown type of stream', required: [] }
  if (!featuresOf(tier).includes(feature)) return { error: 'Not entitled to this stream', required: [feature] }
  if (type === 'marketplace' && owner !== product_id) {
    return { error: world.products.has(owner) ? 'The token is for another product' : 'Product not found', required: [`product:${owner}`] }
  }
  return type === 'personal' && owner !== user_id ? { error: 'The stream belongs to another user', required: [`user:${owner}`] } : undefined
}
