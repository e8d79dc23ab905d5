import * as z from 'zod'
import { get, once } from '../kit/contract.ts'
import { fromGateway } from './auth.ts'
import { CLIENT, instant, noProduct, POLICY, py, readBy, refused, tier } from './shapes.ts'
import { versionInfo } from './versions.ts'

const product = { product_id: 'prod_momentum_001' }

/** Whoever is neither named nor holds a token sees what anybody may see. */
const identity = once(() => py.object({ 'x-user-id': py.optional(py.str()), 'x-execution-token': py.optional(py.str()) }))

const signal = once(() =>
  z.strictObject({
    name: z.string(),
    description: z.string(),
    indicators: readBy(z.array(z.string()), CLIENT),
    default_params: z.record(z.string(), z.unknown()),
  }),
)

const accessLevel = once(() => z.enum(['free', 'premium', 'subscription', 'none']))
const standing = once(() => z.enum(['active', 'expired', 'none']))
const usageLimits = once(() =>
  z.strictObject({ requests_per_minute: z.int(), signals_per_day: z.int(), executions_today: z.int(), executions_remaining: z.int() }),
)

const momentum = { name: 'momentum', description: 'Momentum score', indicators: ['momentum', 'breakout'], default_params: { period: 14 } }

export const productOperations = {
  getProductSignals: get('/api/v1/products/:product_id/signals', () => ({
    summary: 'The signals of a product; none for a user who has no access to it.',
    headers: identity(),
    responses: {
      200: z.strictObject({
        product_id: z.string(),
        signals: readBy(z.array(signal()), CLIENT),
        subscription_id: readBy(z.string().nullable(), CLIENT),
        requires_subscription: z.boolean(),
        has_active_subscription: z.boolean(),
      }),
      404: refused(),
    },
    auth: fromGateway,
    evidence: 'client',
    source: 'C1 §5.1 MP-2; inferred: no signals without access, as in the client’s own denial',
    examples: {
      subscribed: {
        params: product,
        headers: { 'x-user-id': 'user_123' },
        reply: {
          status: 200,
          body: { ...product, signals: [momentum], subscription_id: 'sub_4711', requires_subscription: true, has_active_subscription: true },
        },
      },
      stranger: {
        params: product,
        headers: { 'x-user-id': 'user_789' },
        reply: { status: 200, body: { ...product, signals: [], subscription_id: null, requires_subscription: true, has_active_subscription: false } },
      },
      unknown: { params: { product_id: 'prod_nobody' }, reply: noProduct },
    },
  })),
  getProductDefinition: get('/api/v1/products/:product_id/definition', () => ({
    summary: 'Everything about a product that its page shows, and which version runs.',
    headers: identity(),
    responses: {
      200: z.strictObject({
        product_id: z.string(),
        name: z.string(),
        description: z.string(),
        creator_id: readBy(z.string(), POLICY),
        product_type: z.enum(['signal', 'strategy']),
        tier: tier(),
        risk_level: readBy(z.enum(['low', 'medium', 'high']), POLICY),
        subscriber_count: readBy(z.int(), POLICY),
        signal_groups: readBy(z.array(z.strictObject({ name: z.string(), signals: z.array(signal()) })), CLIENT),
        access_level: z.enum(['free', 'premium', 'subscription']),
        requires_subscription: z.boolean(),
        user_access: z.strictObject({
          has_access: z.boolean(),
          access_level: accessLevel(),
          subscription_status: standing(),
          expires_at: instant().nullable(),
        }),
        version_info: readBy(versionInfo(), POLICY),
      }),
      404: refused(),
    },
    auth: fromGateway,
    evidence: 'client',
    source: 'C1 §5.1 MP-4; inferred: the members of signal_groups (empty without access) and of user_access besides has_access',
    examples: {
      subscribed: {
        params: product,
        headers: { 'x-user-id': 'user_123', 'x-execution-token': 'exec_token_abc123' },
        reply: {
          status: 200,
          body: {
            ...product,
            name: 'Momentum Pro',
            description: 'Momentum Pro',
            creator_id: 'user_123',
            product_type: 'signal',
            tier: 'standard',
            risk_level: 'medium',
            subscriber_count: 25,
            signal_groups: [{ name: 'Momentum Pro', signals: [momentum] }],
            access_level: 'subscription',
            requires_subscription: true,
            user_access: { has_access: true, access_level: 'subscription', subscription_status: 'active', expires_at: '2027-01-17T09:15:30Z' },
            version_info: {
              policy: 'auto',
              current_version: '1.0.0',
              effective_version: '1.0.0',
              min_version: null,
              max_version: null,
              pinned_version: null,
              last_updated: '2026-01-10T00:00:00Z',
            },
          },
        },
      },
      unknown: { params: { product_id: 'prod_nobody' }, reply: noProduct },
    },
  })),
  checkProductAccess: get('/api/v1/products/:product_id/access-check', () => ({
    summary: 'Whether a user may use a product now, why, and how much of it is left today.',
    headers: identity(),
    responses: {
      200: z.strictObject({
        product_id: z.string(),
        has_access: z.boolean(),
        access_level: accessLevel(),
        subscription_status: standing(),
        expires_at: instant().nullable(),
        usage_limits: usageLimits(),
      }),
      404: refused(),
    },
    auth: fromGateway,
    evidence: 'client',
    source: 'C1 §5.1 MP-5 (documented, read by nobody); inferred: the members of usage_limits',
    examples: {
      subscribed: {
        params: product,
        headers: { 'x-user-id': 'user_123', 'x-execution-token': 'exec_token_abc123' },
        reply: {
          status: 200,
          body: {
            ...product,
            has_access: true,
            access_level: 'subscription',
            subscription_status: 'active',
            expires_at: '2027-01-17T09:15:30Z',
            usage_limits: { requests_per_minute: 600, signals_per_day: 10000, executions_today: 0, executions_remaining: 10000 },
          },
        },
      },
      expired: {
        params: product,
        headers: { 'x-user-id': 'user_42' },
        reply: {
          status: 200,
          body: {
            ...product,
            has_access: false,
            access_level: 'none',
            subscription_status: 'expired',
            expires_at: '2026-01-16T09:15:30Z',
            usage_limits: { requests_per_minute: 180, signals_per_day: 1000, executions_today: 0, executions_remaining: 1000 },
          },
        },
      },
      unknown: { params: { product_id: 'prod_nobody' }, reply: noProduct },
    },
  })),
}
