import * as z from 'zod'
import { get, once, post } from '../kit/contract.ts'
import { instant, noUser, py, readBy, refused, tier, userId } from './shapes.ts'
import { policy } from './versions.ts'

const C0 = 'the first generation of the marketplace client'
const C0_QUOTA = 'the first generation of the subscription client'

const access = once(() => z.strictObject({ access_granted: readBy(z.boolean(), C0, C0_QUOTA), reason: z.string().nullable() }))
const recorded = once(() => z.strictObject({ recorded: readBy(z.literal(true), C0, C0_QUOTA), execution_id: z.string(), recorded_at: instant() }))

const question = once(() => py.object({ user_id: py.str(), strategy_id: py.optional(py.str()) }))

const noStrategy = { status: 404, body: { detail: 'Strategy not found' } } as const
const receipt = { status: 200, body: { recorded: true, execution_id: 'exec_9f2c01a4b7de', recorded_at: '2026-01-17T09:15:30Z' } } as const
const granted = { status: 200, body: { access_granted: true, reason: null } } as const

/** What the first generation of clients asked: the same products, under the name of strategies. */
export const internalOperations = {
  getStrategyConfig: get('/api/v1/internal/strategies/:strategy_id/config', () => ({
    summary: 'How a strategy is set up, and how often it has run.',
    responses: {
      200: z.strictObject({
        strategy_id: z.string(),
        config: readBy(
          z.strictObject({
            name: z.string(),
            product_type: z.enum(['signal', 'strategy']),
            risk_level: z.enum(['low', 'medium', 'high']),
            policy: policy(),
            effective_version: z.string().nullable(),
            parameters: z.record(z.string(), z.record(z.string(), z.unknown())),
            executions: z.int(),
          }),
          C0,
        ),
      }),
      404: refused(),
    },
    evidence: 'client',
    source: 'C1 §5.7; inferred: the members of config',
    examples: {
      known: {
        params: { strategy_id: 'strat_momentum_01' },
        reply: {
          status: 200,
          body: {
            strategy_id: 'strat_momentum_01',
            config: {
              name: 'Momentum Strategy',
              product_type: 'strategy',
              risk_level: 'medium',
              policy: 'auto',
              effective_version: '1.0.0',
              parameters: { momentum: { period: 14 } },
              executions: 0,
            },
          },
        },
      },
      unknown: { params: { strategy_id: 'strat_nobody' }, reply: noStrategy },
    },
  })),
  getStrategyAccess: get('/api/v1/internal/strategy-access', () => ({
    summary: 'Whether a user may run a strategy now.',
    query: py.object({ user_id: py.str(), strategy_id: py.str() }),
    responses: { 200: access(), 404: refused() },
    evidence: 'client',
    source: 'C1 §5.7; inferred: reason',
    examples: {
      granted: { query: { user_id: 'user_456', strategy_id: 'strat_momentum_01' }, reply: granted },
      denied: {
        query: { user_id: 'user_789', strategy_id: 'strat_momentum_01' },
        reply: { status: 200, body: { access_granted: false, reason: 'no_active_subscription' } },
      },
      unknown: { query: { user_id: 'user_456', strategy_id: 'strat_nobody' }, reply: noStrategy },
    },
  })),
  recordExecution: post('/api/v1/internal/executions', () => ({
    summary: 'Notes that a strategy ran; it counts against the day of the user whom the signal names.',
    body: py.object({ strategy_id: py.str(), signal_data: py.dict(py.any()) }),
    responses: { 200: recorded(), 404: refused() },
    evidence: 'client',
    source: 'C1 §5.7; inferred: execution_id, recorded_at, and that signal_data.user_id is who ran it',
    examples: {
      recorded: { body: { strategy_id: 'strat_momentum_01', signal_data: { user_id: 'user_456', symbol: 'NIFTY', value: 1.2 } }, reply: receipt },
      unknown: { body: { strategy_id: 'strat_nobody', signal_data: {} }, reply: noStrategy },
    },
  })),
  listUserStrategies: get('/api/v1/internal/user-strategies', () => ({
    summary: 'What a user may run now: created, subscribed to, or free.',
    query: py.object({ user_id: py.str() }),
    responses: {
      200: z.strictObject({
        user_id: z.string(),
        strategies: readBy(
          z.array(z.strictObject({ strategy_id: z.string(), name: z.string(), product_type: z.enum(['signal', 'strategy']), version: z.string().nullable() })),
          C0,
        ),
      }),
      404: refused(),
    },
    evidence: 'client',
    source: 'C1 §5.7; inferred: the members of a strategy',
    examples: {
      some: {
        query: { user_id: 'user_789' },
        reply: {
          status: 200,
          body: {
            user_id: 'user_789',
            strategies: [{ strategy_id: 'prod_free_004', name: 'Market Breadth', product_type: 'signal', version: '1.0.0' }],
          },
        },
      },
      unknown: { query: { user_id: 'nobody' }, reply: noUser },
    },
  })),
  validateAccess: post('/api/v1/internal/validate-access', () => ({
    summary: 'Whether a user may compute now: the account, the strategy if one is named, and what is left of the day.',
    body: py.object({ user_id: userId(), strategy_id: py.optional(py.str()) }),
    responses: { 200: access(), 404: refused() },
    evidence: 'client',
    source: 'C1 §5.7; inferred: the method (both are served) and the body',
    examples: {
      granted: { body: { user_id: 'user_123', strategy_id: 'prod_momentum_001' }, reply: granted },
      unknown: { body: { user_id: 'nobody' }, reply: noUser },
    },
  })),
  validateAccessByQuery: get('/api/v1/internal/validate-access', () => ({
    summary: 'The same, asked in the query.',
    query: question(),
    responses: { 200: access(), 404: refused() },
    evidence: 'client',
    source: 'C1 §5.7; inferred: the method (both are served) and the query',
    examples: { granted: { query: { user_id: 'user_123', strategy_id: 'prod_momentum_001' }, reply: granted } },
  })),
  getQuota: get('/api/v1/internal/quota', () => ({
    summary: 'How many executions a user has left today.',
    query: py.object({ user_id: py.str() }),
    responses: {
      200: z.strictObject({
        user_id: z.string(),
        quota: readBy(z.strictObject({ tier: tier(), limit: z.int(), used: z.int(), remaining: z.int(), resets_at: instant() }), C0_QUOTA),
      }),
      404: refused(),
    },
    evidence: 'client',
    source: 'C1 §5.7; inferred: the method, the query and the members of quota',
    examples: {
      fresh: {
        query: { user_id: 'user_123' },
        reply: {
          status: 200,
          body: { user_id: 'user_123', quota: { tier: 'premium', limit: 10000, used: 0, remaining: 10000, resets_at: '2026-01-18T00:00:00Z' } },
        },
      },
      unknown: { query: { user_id: 'nobody' }, reply: noUser },
    },
  })),
  recordUsage: post('/api/v1/internal/usage', () => ({
    summary: 'Counts what a user computed against the day.',
    body: py.object({ user_id: userId(), strategy_id: py.optional(py.str()), quantity: py.int({ ge: 1, le: 1_000_000 }).default(1) }),
    responses: { 200: recorded(), 404: refused() },
    evidence: 'client',
    source: 'C1 §5.7; inferred: the method and the body',
    examples: { recorded: { body: { user_id: 'user_123', quantity: 3 }, reply: receipt }, unknown: { body: { user_id: 'nobody' }, reply: noUser } },
  })),
}
