import * as z from 'zod'
import { anyOf, apiKey } from './kit/auth.ts'
import { defineContract, get, once, post } from './kit/contract.ts'
import { fastapi, pydantic } from './kit/fastapi.ts'

const py = pydantic('2.5')

/**
 * The secret that makes the signal service pass for a gateway. Statuses are what its client tells apart: 401 is authentication, 403 authorisation (C1 §6.2);
 * the words are those of sibling services (C1 §9.1). Inferred: a missing secret is the former, a wrong one the latter.
 */
const gatewaySecret = apiKey({
  header: 'X-Gateway-Secret',
  secret: 'GATEWAY_SECRET',
  missing: { status: 401, detail: 'Authentication required' },
  wrong: { status: 403, detail: 'Direct access forbidden. Use the API Gateway.' },
})

/** The document knows 401 alone. Inferred: the keys that open it. */
const anyKey = anyOf(
  apiKey({
    header: 'X-Gateway-Secret',
    secret: 'GATEWAY_SECRET',
    missing: { status: 401, detail: 'Authentication required' },
    wrong: { status: 401, detail: 'Invalid gateway secret' },
  }),
  apiKey({ header: 'X-Internal-API-Key', secret: 'INTERNAL_API_KEY' }),
)

const CLIENT_A = 'app/services/watermark_integration.py'
const CLIENT_B = 'app/services/enhanced_watermark_integration.py'

const refused = once(() => z.strictObject({ detail: z.string() }))

/** A payload that a mark can be put into: what is under `metadata`, if anything, has members. */
const payload = once(() =>
  py.dict(py.any()).check(({ value, issues }) => {
    const { metadata } = value
    if (metadata === undefined || metadata === null || (typeof metadata === 'object' && !Array.isArray(metadata))) return
    issues.push({ code: 'custom', path: ['metadata'], message: 'metadata must be an object', input: metadata })
  }),
)

const marked = once(() => z.looseObject({ metadata: z.looseObject({ _wm: z.string(), _wm_ts: z.string() }) }))

const detection = once(() =>
  z.strictObject({
    leak_detected: z.boolean().meta({ readBy: [CLIENT_A] }),
    reason: z
      .enum(['watermark_mismatch', 'payload_modified', 'channel_mismatch', 'watermark_missing', 'watermark_unknown'])
      .nullable()
      .meta({ readBy: [CLIENT_A] }),
    violation_id: z
      .string()
      .nullable()
      .meta({ readBy: [CLIENT_A] }),
    original_channel: z.string().nullable(),
    original_user: z
      .string()
      .nullable()
      .meta({ readBy: [CLIENT_A] }),
    watermark_hash: z
      .string()
      .nullable()
      .meta({ readBy: [CLIENT_A] }),
  }),
)

const streamed = once(() =>
  z.strictObject({
    watermarked_payload: z
      .looseObject({
        _watermark: z.string().meta({ readBy: [CLIENT_B] }),
        _user_id: z.string().meta({ readBy: [CLIENT_B] }),
        _timestamp: z.string().meta({ readBy: [CLIENT_B] }),
        signal_id: z
          .unknown()
          .optional()
          .meta({ readBy: [CLIENT_B] }),
      })
      .meta({ readBy: [CLIENT_B] }),
  }),
)

const validity = once(() =>
  z.strictObject({
    valid: z.boolean(),
    watermark_meta: z
      .strictObject({
        watermark_hash: z.string(),
        algorithm: z.string(),
        user_id: z.string(),
        subscription_id: z.string().nullable(),
        signal_id: z.string().nullable(),
        channel: z.string().nullable(),
        issued_at: z.string(),
      })
      .nullable(),
  }),
)

/** Sixty-four digits, as HMAC-SHA256 writes them. */
const HASH = '171bd31b7f81404037667dee8e44154d4132ced788af05a0f1c30edd2fabcaa4'
const MARK = { _wm: HASH, _wm_ts: '2026-01-17T09:15:30Z' }
const NO_LEAK = { leak_detected: false, reason: null, violation_id: null, original_channel: null, original_user: null, watermark_hash: HASH }
const marking = { signal_id: 1768641330123456789n, subscription_id: 42, payload: { value: 1.2, metadata: {} }, algorithm: 'hmac_sha256' }
const afterMarking = [{ operation: 'issueWatermark', body: marking }]
const secretless = { reply: { status: 401, body: { detail: 'Authentication required' } } }

/**
 * The watermark calls. The signal service sends them to the marketplace; the infrastructure plan gives them an address of their own.
 * Both fakes serve these operations, from one memory.
 */
export const watermarkOperations = {
  issueWatermark: post('/api/v1/webhooks/drm/watermark', () => ({
    summary: 'Marks a payload as one subscription’s copy; the mark goes into its metadata.',
    body: py.object({
      signal_id: py.int(),
      subscription_id: py.union([py.int(), py.str()]),
      payload: payload(),
      algorithm: py.literal(['hmac_sha256']).default('hmac_sha256'),
    }),
    lossless: true,
    responses: {
      200: z.strictObject({ watermarked_payload: marked().meta({ readBy: [CLIENT_A] }), watermark_hash: z.string().meta({ readBy: [CLIENT_A] }) }),
      403: refused(),
      404: refused(),
      429: refused(),
    },
    auth: gatewaySecret,
    evidence: 'client',
    source: 'C1 §6.1 WM-A1; inferred: 404 for an unknown subscription and 403 for one that is not active (the client only tells 200 from the rest)',
    examples: {
      marked: {
        body: marking,
        reply: { status: 200, body: { watermarked_payload: { value: 1.2, metadata: MARK }, watermark_hash: HASH } },
      },
      unknown: {
        body: { signal_id: 1768641330123456789n, subscription_id: 'sub_999', payload: { value: 1.2 }, algorithm: 'hmac_sha256' },
        reply: { status: 404, body: { detail: 'Subscription sub_999 not found' } },
      },
      expired: {
        body: { signal_id: 1768641330123456789n, subscription_id: 45, payload: { value: 1.2 }, algorithm: 'hmac_sha256' },
        reply: { status: 403, body: { detail: 'Subscription 45 is not active' } },
      },
      secretless: { body: { signal_id: 1, subscription_id: 42, payload: {} }, ...secretless },
    },
  })),
  detectLeak: post('/api/v1/webhooks/drm/detect-leak', () => ({
    summary: 'Tells whether a payload that somebody has, on some channel, was meant for somebody or somewhere else.',
    body: py.object({ signal_payload: payload(), channel_id: py.str(), user_id: py.int(), signal_id: py.optional(py.union([py.int(), py.str()])) }),
    lossless: true,
    responses: { 200: detection(), 429: refused() },
    auth: gatewaySecret,
    evidence: 'client',
    source: 'C1 §6.1 WM-A2; inferred: the reasons besides watermark_mismatch, and null where there is no leak',
    examples: {
      clean: {
        after: afterMarking,
        body: { signal_payload: { value: 1.2, metadata: MARK }, channel_id: 'ch_1', user_id: 123, signal_id: null },
        reply: { status: 200, body: { ...NO_LEAK, original_channel: 'ch_1', original_user: 'user_123' } },
      },
      leaked: {
        after: afterMarking,
        body: { signal_payload: { value: 1.2, metadata: MARK }, channel_id: 'ch_2', user_id: 456, signal_id: null },
        reply: {
          status: 200,
          body: {
            leak_detected: true,
            reason: 'watermark_mismatch',
            violation_id: 'viol_6acf143af53d',
            original_channel: null,
            original_user: 'user_123',
            watermark_hash: HASH,
          },
        },
      },
    },
  })),
  watermarkSignal: post('/api/v1/signals/watermark', () => ({
    summary: 'Marks a signal as one user’s copy on one stream; the mark stands beside the signal’s own members.',
    body: py.object({
      signal_data: py.dict(py.any()),
      user_id: py.str({ min: 3 }),
      stream_key: py.str({ min: 1 }),
      timestamp: py.datetime(),
      request_id: py.str({ pattern: /^[0-9a-f]{16}$/ }),
    }),
    lossless: true,
    responses: { 200: streamed(), 403: refused(), 429: refused() },
    auth: gatewaySecret,
    evidence: 'client',
    source: 'C1 §6.2 WM-B; inferred: 403 for users who are unknown, not active, or without a subscription to the stream’s product',
    examples: {
      marked: {
        body: {
          signal_data: { signal_id: 'sig_1', value: 1.2 },
          user_id: 'user_123',
          stream_key: 'marketplace:prod_momentum_001:NSE@NIFTY@INDEX:momentum',
          timestamp: '2026-01-17T09:15:30.123456',
          request_id: '0123456789abcdef',
        },
        reply: {
          status: 200,
          body: {
            watermarked_payload: { signal_id: 'sig_1', value: 1.2, _watermark: `wm_${HASH}`, _user_id: 'user_123', _timestamp: '2026-01-17T09:15:30Z' },
          },
        },
      },
      unentitled: {
        body: {
          signal_data: { signal_id: 'sig_1' },
          user_id: 'user_789',
          stream_key: 'marketplace:prod_momentum_001:NSE@NIFTY@INDEX:momentum',
          timestamp: '2026-01-17T09:15:30.123456',
          request_id: '0123456789abcdef',
        },
        reply: { status: 403, body: { detail: 'User user_789 has no active subscription to prod_momentum_001' } },
      },
    },
  })),
  validateWatermark: post('/api/v1/watermark/validate', () => ({
    summary: 'Tells whether a marked payload is whole and the user’s own.',
    body: py.object({ data: payload(), user_id: py.union([py.str(), py.int()]) }),
    lossless: true,
    responses: { 200: validity() },
    auth: anyKey,
    evidence: 'document',
    source: 'C1 §5.6; inferred: the method, and the members of watermark_meta',
    examples: {
      whole: {
        after: afterMarking,
        body: { data: { value: 1.2, metadata: MARK }, user_id: 'user_123' },
        reply: {
          status: 200,
          body: {
            valid: true,
            watermark_meta: {
              watermark_hash: HASH,
              algorithm: 'hmac_sha256',
              user_id: 'user_123',
              subscription_id: 'sub_42',
              signal_id: '1768641330123456789',
              channel: null,
              issued_at: '2026-01-17T09:15:30Z',
            },
          },
        },
      },
      unmarked: { body: { data: { value: 1.2 }, user_id: 'user_123' }, reply: { status: 200, body: { valid: false, watermark_meta: null } } },
      secretless: { body: { data: { value: 1.2 }, user_id: 'user_123' }, ...secretless },
    },
  })),
}

const health = once(() =>
  z.strictObject({
    status: z.string(),
    service: z.string(),
    version: z.string(),
    timestamp: z.string(),
    lane: z.int(),
    watermarks_issued: z.int(),
    violations: z.int(),
  }),
)

const healthDetails = {
  auth: false as const,
  evidence: 'document' as const,
  source: 'the infrastructure coordination plan; inferred: its members besides status',
  examples: {
    healthy: {
      reply: {
        status: 200,
        body: { status: 'healthy', service: 'watermark', version: '1.0.0', timestamp: '2026-01-17T09:15:30Z', lane: 0, watermarks_issued: 0, violations: 0 },
      },
    },
  },
}

/** The watermark service. No provider source exists, and today's clients ask the marketplace instead (C1 §6). */
export const watermark = defineContract({
  service: 'watermark',
  title: 'Watermark service',
  port: 8088,
  host: 'watermark',
  env: { WATERMARK_SERVICE_URL: ({ url }) => url },
  auth: gatewaySecret,
  errors: fastapi({ version: '0.104.1' }),
  operations: {
    health: get('/health', () => ({ summary: 'Tells whether the service is up.', responses: { 200: health() }, ...healthDetails })),
    apiHealth: get('/api/v1/health', () => ({ summary: 'The same under the prefix.', responses: { 200: health() }, ...healthDetails })),
    ...watermarkOperations,
  },
})
