import * as z from 'zod'
import { get } from '../kit/contract.ts'
import { fromGateway } from './auth.ts'
import { CLIENT, instant, noUser, py, readBy, refused, subscriptionStatus, tier } from './shapes.ts'

const ABUSE_TEST = 'tests of the stream abuse protection'
const TIER_TEST = 'tests of MarketplaceServiceClient'

const reversal = { name: 'mean_reversion', description: 'Distance from the mean', indicators: ['zscore'], default_params: { window: 20, threshold: 2 } }

export const userOperations = {
  getUserSubscriptions: get('/api/v1/users/:user_id/subscriptions', () => ({
    summary: 'What a user has subscribed to: the active ones, or with include_inactive all of them.',
    query: py.object({ include_inactive: py.bool().default(false) }),
    responses: {
      200: z.strictObject({
        subscriptions: readBy(
          z.array(
            z.strictObject({
              subscription_id: readBy(z.string(), CLIENT),
              product_id: readBy(z.string(), CLIENT),
              product_name: readBy(z.string(), CLIENT),
              status: readBy(subscriptionStatus(), CLIENT),
              tier: readBy(tier(), CLIENT, ABUSE_TEST),
              execution_token: z.string().meta({ readBy: [CLIENT], secret: true }),
              created_at: instant(),
              expires_at: instant(),
              signals: readBy(
                z.array(
                  z.strictObject({
                    name: readBy(z.string(), CLIENT),
                    description: z.string(),
                    indicators: z.array(z.string()),
                    default_params: readBy(z.record(z.string(), z.unknown()), CLIENT),
                  }),
                ),
                CLIENT,
              ),
              product: readBy(
                z.strictObject({ tier: readBy(tier(), CLIENT), is_premium: readBy(z.boolean(), CLIENT), is_enterprise: readBy(z.boolean(), CLIENT) }),
                CLIENT,
              ),
              features: readBy(z.array(z.string()), ABUSE_TEST),
              limits: readBy(z.strictObject({ concurrent_connections: z.int(), requests_per_minute: z.int() }), ABUSE_TEST),
            }),
          ),
          CLIENT,
        ),
        total_count: z.int(),
      }),
      403: refused(),
      404: refused(),
    },
    auth: fromGateway,
    evidence: 'client',
    source: 'C1 §5.1 MP-3; inferred: 403 for a user who asks about another',
    examples: {
      some: {
        params: { user_id: 'user_7' },
        reply: {
          status: 200,
          body: {
            subscriptions: [
              {
                subscription_id: 'sub_44',
                product_id: 'prod_reversal_002',
                product_name: 'Mean Reversion',
                status: 'active',
                tier: 'enterprise',
                execution_token: 'exec_token_user_7',
                created_at: '2026-01-02T00:00:00Z',
                expires_at: '2027-01-17T09:15:30Z',
                signals: [reversal],
                product: { tier: 'standard', is_premium: false, is_enterprise: false },
                features: ['public_signals', 'common_indicators', 'marketplace_signals', 'fo_greeks_access', 'premium_analysis', 'personal_signals'],
                limits: { concurrent_connections: 1000, requests_per_minute: 2000 },
              },
            ],
            total_count: 1,
          },
        },
      },
      none: { params: { user_id: 'user_789' }, query: { include_inactive: 'true' }, reply: { status: 200, body: { subscriptions: [], total_count: 0 } } },
      unknown: { params: { user_id: 'nobody' }, reply: noUser },
    },
  })),
  getUserTier: get('/api/v1/users/:user_id/tier', () => ({
    summary: 'The tier of a user and what it allows.',
    responses: {
      200: z.strictObject({
        user_id: readBy(z.string(), TIER_TEST),
        tier: readBy(tier(), TIER_TEST),
        tier_level: readBy(z.int(), TIER_TEST),
        limits: readBy(z.strictObject({ requests_per_minute: z.int(), signals_per_day: z.int(), historical_days: z.int() }), TIER_TEST),
        expires_at: readBy(instant().nullable(), TIER_TEST),
        features: readBy(z.array(z.string()), TIER_TEST),
      }),
      403: refused(),
      404: refused(),
    },
    auth: fromGateway,
    evidence: 'test',
    source: 'C1 §5.6; inferred: the path (the test only asks that it holds the id), levels counted from 0, signals_per_day and historical_days',
    examples: {
      premium: {
        params: { user_id: 'user_123' },
        reply: {
          status: 200,
          body: {
            user_id: 'user_123',
            tier: 'premium',
            tier_level: 2,
            limits: { requests_per_minute: 600, signals_per_day: 10000, historical_days: 365 },
            expires_at: '2027-01-17T09:15:30Z',
            features: ['public_signals', 'common_indicators', 'marketplace_signals', 'fo_greeks_access', 'premium_analysis', 'personal_signals'],
          },
        },
      },
      unknown: { params: { user_id: 'nobody' }, reply: noUser },
    },
  })),
}
