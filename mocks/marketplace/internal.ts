import type { internalOperations } from '../../contracts/marketplace/internal.ts'
import { noUser } from '../../contracts/marketplace/shapes.ts'
import type { World } from '../world/index.ts'
import type { User } from '../world/users.ts'
import { accessTo } from './access.ts'
import { executionsOf, quotaOf, record } from './executions.ts'
import { userNamed } from './people.ts'
import type { Around, Handlers } from './tables.ts'
import { effectiveVersion, versionsOf } from './version-policy.ts'

const noStrategy = { status: 404, body: { detail: 'Strategy not found' } } as const

export const internalHandlers: Handlers<typeof internalOperations> = {
  getStrategyConfig(call) {
    const { world } = call
    const product = world.products.get(call.params.strategy_id)
    if (product === undefined) return noStrategy
    const { product_id, name, product_type, risk_level, policy, signals } = product
    const effective_version = effectiveVersion(product, versionsOf(world, product_id))?.version ?? null
    const parameters = Object.fromEntries(signals.map((signal) => [signal.name, signal.default_params]))
    const config = { name, product_type, risk_level, policy, effective_version, parameters, executions: executionsOf(call, product_id) }
    return { status: 200, body: { strategy_id: product_id, config } }
  },

  getStrategyAccess({ world, clock, query }) {
    const user = userNamed(world, query.user_id)
    if (user === undefined) return noUser
    if (!world.products.has(query.strategy_id)) return noStrategy
    return { status: 200, body: answer(obstacle(world, clock.now(), user, query.strategy_id)) }
  },

  recordExecution(call) {
    const { world, body } = call
    if (!world.products.has(body.strategy_id)) return noStrategy
    const named = body.signal_data.user_id
    const user = typeof named === 'string' || typeof named === 'number' ? userNamed(world, named) : undefined
    return { status: 200, body: record(call, { strategy_id: body.strategy_id, user_id: user?.user_id ?? null, quantity: 1 }) }
  },

  listUserStrategies({ world, clock, query }) {
    const user = userNamed(world, query.user_id)
    if (user === undefined) return noUser
    const open = world.products.all().filter((product) => accessTo(world, clock.now(), product, user).granted)
    const strategies = open.map((product) => {
      const { product_id: strategy_id, name, product_type } = product
      return { strategy_id, name, product_type, version: effectiveVersion(product, versionsOf(world, strategy_id))?.version ?? null }
    })
    return { status: 200, body: { user_id: user.user_id, strategies } }
  },

  validateAccess: (call) => validate(call, call.body),
  validateAccessByQuery: (call) => validate(call, call.query),

  getQuota(call) {
    const user = userNamed(call.world, call.query.user_id)
    if (user === undefined) return noUser
    return { status: 200, body: { user_id: user.user_id, quota: quotaOf(call, user) } }
  },

  recordUsage(call) {
    const { world, body } = call
    const user = userNamed(world, body.user_id)
    if (user === undefined) return noUser
    if (body.strategy_id !== null && !world.products.has(body.strategy_id)) return noStrategy
    return { status: 200, body: record(call, { strategy_id: body.strategy_id, user_id: user.user_id, quantity: body.quantity }) }
  },
}

function validate(call: Around, { user_id, strategy_id }: { user_id: string | number; strategy_id: string | null }) {
  const user = userNamed(call.world, user_id)
  if (user === undefined) return noUser
  if (strategy_id !== null && !call.world.products.has(strategy_id)) return noStrategy
  const spent = quotaOf(call, user).remaining === 0 ? 'quota_exhausted' : null
  return { status: 200 as const, body: answer(obstacle(call.world, call.clock.now(), user, strategy_id) ?? spent) }
}

/** Why a user may not run a strategy, or compute at all where none is named. */
function obstacle(world: World, now: number, user: User, strategy_id: string | null): string | null {
  if (user.account_status !== 'active') return 'account_inactive'
  const product = world.products.get(strategy_id)
  return product === undefined || accessTo(world, now, product, user).granted ? null : 'no_active_subscription'
}

const answer = (reason: string | null) => ({ access_granted: reason === null, reason })
