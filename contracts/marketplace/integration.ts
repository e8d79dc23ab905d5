import * as z from 'zod'
import { once, post } from '../kit/contract.ts'
import { CLIENT, ENTITLEMENTS, instant, py, readBy, refused, token } from './shapes.ts'

/** A token that does not hold is an answer, not an error: a status other than 200 would let one client grant access (C1 §5.4). */
const verdict = once(() =>
  z.union([
    z.strictObject({
      is_valid: readBy(z.literal(true), CLIENT, ENTITLEMENTS),
      product_id: z.string(),
      user_id: z.string(),
      subscription_id: readBy(z.string(), CLIENT),
      expires_at: readBy(instant(), CLIENT),
    }),
    z.strictObject({
      is_valid: readBy(z.literal(false), CLIENT, ENTITLEMENTS),
      product_id: z.string(),
      user_id: z.string(),
      reason: z.enum(['unknown_token', 'wrong_user', 'wrong_product', 'revoked', 'expired', 'subscription_inactive', 'account_inactive']),
    }),
  ]),
)

const known = { execution_token: 'exec_token_abc123', product_id: 'prod_momentum_001', user_id: 'user_123' }
const whole = { token: 'exec_token_abc123', stream: 'marketplace:prod_momentum_001:NSE@NIFTY@INDEX:momentum' }

export const integrationOperations = {
  verifyExecutionToken: post('/api/v1/integration/verify-execution-token', () => ({
    summary: 'Tells whether a token lets this user run this product now, and why not.',
    body: py.object({ execution_token: token(), product_id: py.str(), user_id: py.str() }),
    responses: { 200: verdict() },
    evidence: 'client',
    source: 'C1 §5.1 MP-1, §5.4 MP-12; inferred: the reasons',
    examples: {
      valid: {
        body: known,
        reply: {
          status: 200,
          body: {
            is_valid: true,
            product_id: 'prod_momentum_001',
            user_id: 'user_123',
            subscription_id: 'sub_4711',
            expires_at: '2027-01-17T09:15:30Z',
          },
        },
      },
      revoked: {
        body: { ...known, execution_token: 'exec_token_revoked', user_id: 'user_1' },
        reply: { status: 200, body: { is_valid: false, product_id: 'prod_momentum_001', user_id: 'user_1', reason: 'revoked' } },
      },
    },
  })),
  verifyExecution: post('/api/v1/integration/verify-execution', () => ({
    summary: 'Tells what the holder of a token is entitled to, and whether a stream is part of it; no client calls it.',
    body: py.object({ token: token(), stream: py.str() }),
    responses: {
      200: z.strictObject({
        valid: z.literal(true),
        user_id: z.string(),
        entitlements: z.array(z.string()),
        rate_limits: z.strictObject({ requests_per_minute: z.int() }),
      }),
      401: refused(),
      403: z.union([z.strictObject({ valid: z.literal(false), error: z.string(), required: z.array(z.string()) }), refused()]),
    },
    evidence: 'document',
    source: 'C1 §5.6; inferred: which refusal is which, a token that does not hold being 401',
    examples: {
      entitled: {
        body: whole,
        reply: {
          status: 200,
          body: {
            valid: true,
            user_id: 'user_123',
            entitlements: ['public_signals', 'common_indicators', 'marketplace_signals', 'fo_greeks_access', 'premium_analysis', 'personal_signals'],
            rate_limits: { requests_per_minute: 600 },
          },
        },
      },
      unentitled: {
        body: { token: 'exec_token_user_456', stream: 'personal:user_456:my_signal:NSE@NIFTY@INDEX' },
        reply: { status: 403, body: { valid: false, error: 'Not entitled to this stream', required: ['personal_signals'] } },
      },
      expired: { body: { ...whole, token: 'exec_token_expired' }, reply: { status: 401, body: { detail: 'Invalid execution token: expired' } } },
    },
  })),
}
