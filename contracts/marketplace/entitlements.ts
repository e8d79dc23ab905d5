import * as z from 'zod'
import { lenient } from '../kit/auth.ts'
import { get, once } from '../kit/contract.ts'
import { fromService } from './auth.ts'
import { ENTITLEMENTS, instant, noUser, py, readBy, refused, subscriptionStatus, tier } from './shapes.ts'

const MIDDLEWARE = 'app/middleware/entitlement_middleware.py'
const ABUSE = 'app/services/stream_abuse_protection.py'

const limits = once(() =>
  z.strictObject({
    tier: tier(),
    stream_type: z.string().nullable(),
    max_concurrent_connections: readBy(z.int(), ABUSE),
    max_subscriptions_per_connection: readBy(z.int(), ABUSE),
    max_subscription_requests: readBy(z.int(), ABUSE),
    max_messages_sent: readBy(z.int(), ABUSE),
    rapid_subscription_threshold: readBy(z.int(), ABUSE),
    burst_message_threshold: readBy(z.int(), ABUSE),
  }),
)

/** Of the tiers premium and enterprise. */
const everything = ['public_signals', 'common_indicators', 'marketplace_signals', 'fo_greeks_access', 'premium_analysis', 'personal_signals']
const suspended = { status: 403, body: { detail: 'User account is suspended' } } as const

export const entitlementOperations = {
  getUserEntitlements: get('/api/v1/entitlements/user/:user_id', () => ({
    summary: 'The tier, the features and the subscriptions of a user, expired ones among them.',
    responses: {
      200: z.strictObject({
        user_id: z.string(),
        tier: readBy(tier(), ENTITLEMENTS),
        subscriptions: readBy(
          z.array(
            z.strictObject({
              subscription_id: z.string(),
              product_id: readBy(z.string(), ENTITLEMENTS),
              status: readBy(subscriptionStatus(), ENTITLEMENTS),
              expires_at: instant(),
            }),
          ),
          ENTITLEMENTS,
        ),
        features: z.array(z.string()),
      }),
      403: refused(),
      404: refused(),
    },
    evidence: 'client',
    source: 'C1 §5.4 MP-11; inferred: 403 for an account that is closed, which the client takes for a denial',
    examples: {
      enterprise: {
        params: { user_id: 'user_7' },
        reply: {
          status: 200,
          body: {
            user_id: 'user_7',
            tier: 'enterprise',
            subscriptions: [{ subscription_id: 'sub_44', product_id: 'prod_reversal_002', status: 'active', expires_at: '2027-01-17T09:15:30Z' }],
            features: everything,
          },
        },
      },
      suspended: { params: { user_id: 'user_suspended' }, reply: suspended },
      unknown: { params: { user_id: 'nobody' }, reply: noUser },
    },
  })),
  checkEntitlement: get('/api/v1/entitlements/check', () => ({
    summary: 'Whether a user, here known by number, has one feature.',
    query: py.object({ user_id: py.int(), feature: py.str() }),
    responses: {
      200: z.strictObject({ has_access: readBy(z.boolean(), MIDDLEWARE), user_id: z.int(), feature: z.string(), tier: tier() }),
      404: refused(),
    },
    auth: lenient(fromService),
    evidence: 'client',
    source: 'C1 §5.5 MP-13; the middleware sends no credential',
    examples: {
      granted: {
        query: { user_id: '123', feature: 'fo_greeks_access' },
        reply: { status: 200, body: { has_access: true, user_id: 123, feature: 'fo_greeks_access', tier: 'premium' } },
      },
      denied: {
        query: { user_id: '789', feature: 'premium_analysis' },
        reply: { status: 200, body: { has_access: false, user_id: 789, feature: 'premium_analysis', tier: 'free' } },
      },
      unknown: { query: { user_id: '99', feature: 'premium_analysis' }, reply: noUser },
    },
  })),
  getEntitlements: get('/api/v1/entitlements/:user_id', () => ({
    summary: 'The names of what a user is entitled to, as a document has it; no client calls it.',
    responses: { 200: z.strictObject({ user_id: z.string(), entitlements: z.array(z.string()) }), 403: refused(), 404: refused() },
    evidence: 'document',
    source: 'C1 §5.6; inferred: that the entries are names',
    examples: {
      premium: { params: { user_id: 'user_123' }, reply: { status: 200, body: { user_id: 'user_123', entitlements: everything } } },
      suspended: { params: { user_id: 'user_suspended' }, reply: suspended },
    },
  })),
  getTierLimits: get('/api/v1/tiers/:tier/limits', () => ({
    summary: 'How much a tier may stream, for one type of stream or in general; nothing of a type that it does not include.',
    query: py.object({ stream_type: py.optional(py.str()) }),
    responses: { 200: limits(), 404: refused() },
    evidence: 'client',
    source: 'C1 §5.6, the numbers from §5.4; inferred: the path (the client lacks the method), and 0 for a stream type outside the tier',
    examples: {
      standard: {
        params: { tier: 'standard' },
        query: { stream_type: 'marketplace' },
        reply: {
          status: 200,
          body: {
            tier: 'standard',
            stream_type: 'marketplace',
            max_concurrent_connections: 50,
            max_subscriptions_per_connection: 15,
            max_subscription_requests: 180,
            max_messages_sent: 1500,
            rapid_subscription_threshold: 8,
            burst_message_threshold: 75,
          },
        },
      },
      unknown: { params: { tier: 'basic' }, reply: { status: 404, body: { detail: 'Tier basic not found' } } },
    },
  })),
}
