import * as z from 'zod'
import { del, get, once } from '../kit/contract.ts'
import { accessToken } from './credentials.ts'
import { refused } from './refused.ts'

const key = once(() =>
  z.strictObject({
    key_id: z.string(),
    name: z.string(),
    /** Short, to tell one's keys apart. */
    key_prefix: z.string().meta({ secret: false }),
    scopes: z.array(z.string()),
    rate_limit_tier: z.enum(['free', 'standard', 'premium', 'unlimited']),
    rate_limit_per_hour: z.int().nullable(),
    status: z.enum(['active', 'expired']),
    created_at: z.string(),
    expires_at: z.string().nullable(),
  }),
)

const charts = {
  key_id: 'key_charts',
  name: 'Charts',
  key_prefix: 'sb_a1b2c3d4',
  scopes: ['read'],
  rate_limit_tier: 'premium',
  rate_limit_per_hour: 10_000,
  status: 'active',
  created_at: '2025-12-01T09:00:00',
  expires_at: null,
}
const backtests = {
  ...charts,
  key_id: 'key_backtest',
  name: 'Backtests',
  key_prefix: 'sb_e5f60718',
  rate_limit_tier: 'free',
  rate_limit_per_hour: 100,
  expires_at: '2026-02-01T00:00:00',
}
const unknown = { params: { key_id: 'key_nobody' }, reply: { status: 404, body: { detail: 'API key key_nobody not found' } } }

/** The API keys of whoever asks. Only the prefix of a key is ever told; the members of the replies are inferred. */
export const keyOperations = {
  listKeys: get('/v1/api-keys', () => ({
    summary: 'One’s own keys.',
    responses: { 200: z.strictObject({ api_keys: z.array(key()), total: z.int() }) },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the reply',
    examples: { two: { reply: { status: 200, body: { api_keys: [charts, backtests], total: 2 } } } },
  })),
  getKey: get('/v1/api-keys/:key_id', () => ({
    summary: 'One key, if it is one’s own.',
    responses: { 200: key(), 404: refused() },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the reply',
    examples: { known: { params: { key_id: 'key_charts' }, reply: { status: 200, body: charts } }, unknown },
  })),
  deleteKey: del('/v1/api-keys/:key_id', () => ({
    summary: 'Takes a key away.',
    responses: { 204: z.null(), 404: refused() },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3',
    examples: { gone: { params: { key_id: 'key_charts' }, reply: { status: 204, body: null } }, unknown },
  })),
}
