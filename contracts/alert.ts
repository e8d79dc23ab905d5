import * as z from 'zod'
import { apiKey, lenient } from './kit/auth.ts'
import { defineContract, del, get, once, post, put } from './kit/contract.ts'
import { fastapi, py } from './kit/fastapi.ts'

const internalKey = apiKey({ header: 'X-Internal-API-Key', secret: 'INTERNAL_API_KEY' })

/** The second generation, the document's client and the provider's own routes know no credential (C1 §1.2, §3.3, §3.8). */
const courteous = lenient(internalKey)

/** A client that only a test has (C1 §3.4). */
const TEST_CLIENT = 'test/integration/test_external_services.py'
/** The second generation's client, and the tests that outlived it (C1 §3.3). */
const COVERAGE_TEST = 'tests/integration/test_service_integrations_coverage.py'

/** The provider's four, and the `urgent` of the enhanced delivery service, which ranks as critical (C1 §3.1). */
export const priorities = ['low', 'medium', 'high', 'critical', 'urgent'] as const
const priority = once(() => py.enum(priorities, 'AlertPriority'))
const free = once(() => py.dict(py.any()))

/** A member that a patch leaves alone when it is absent. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().optional()

const health = once(() =>
  z.strictObject({
    status: z.string().meta({ readBy: ['service_integrations.py'] }),
    timestamp: z.string(),
    service: z.string(),
    version: z.string(),
    environment: z.string(),
    database: z.string(),
    /** Of the fake alone. */
    lane: z.int().optional(),
  }),
)

/** What the first generation posts; the third leaves out the objects and writes `instrument_key` and `condition` beside them. */
const notice = once(() =>
  py.object({
    alert_type: py.str({ min: 1 }),
    user_id: py.str({ min: 1 }),
    priority: priority().default('medium'),
    channels: py.optional(py.list(py.str())),
    condition_config: py.optional(free()),
    metadata: py.optional(free()),
    message: py.optional(py.str()),
    instrument_key: py.optional(py.str()),
    condition: py.optional(py.str()),
  }),
)

const bulk = once(() =>
  py.object({
    alerts: py.list(
      py.object({
        alert_type: py.str({ min: 1 }),
        user_id: py.optional(py.str()),
        priority: priority().default('medium'),
        channels: py.optional(py.list(py.str())),
        condition_config: py.optional(free()),
        metadata: py.optional(free()),
      }),
    ),
  }),
)

const outcome = once(() => z.strictObject({ status: z.enum(['accepted', 'sent', 'delivered', 'failed', 'skipped']), reason: z.string().nullable() }))

const receipt = once(() =>
  z.strictObject({
    success: z.boolean().meta({ readBy: ['signal_delivery_service.py'] }),
    alert_id: z.string().meta({ readBy: ['enhanced_signal_delivery_service.py'] }),
    status: z.enum(['sent', 'failed']),
    channels_delivered: z.array(z.string()).meta({ readBy: ['enhanced_signal_delivery_service.py'] }),
    delivery_time: z
      .string()
      .nullable()
      .meta({ readBy: ['enhanced_signal_delivery_service.py'] }),
    timestamp: z.string(),
    delivery_results: z.record(z.string(), outcome()),
    /** Only when nothing went through. */
    error: z.string().optional(),
  }),
)

const preferences = once(() =>
  z.strictObject({
    user_id: z.string(),
    channels: z.array(z.string()).meta({ readBy: ['signal_delivery_service.py'] }),
    email_address: z
      .string()
      .nullable()
      .meta({ readBy: ['signal_delivery_service.py'] }),
    webhook_url: z.string().nullable(),
    telegram_chat_id: z.string().nullable(),
    phone_number: z.string().nullable(),
    slack_channel: z.string().nullable(),
    fcm_token: z.string().nullable().meta({ secret: true }),
    priority_filter: z.enum(priorities),
    quiet_hours: z.strictObject({ start: z.string(), end: z.string() }).nullable(),
    timezone: z.string(),
    max_frequency: z.number(),
  }),
)

const clockTime = once(() => py.str({ pattern: /^([01]\d|2[0-3]):[0-5]\d$/ }))

const changes = once(() =>
  py.object({
    user_id: py.str({ min: 1 }),
    channels: maybe(py.list(py.str())),
    email_address: maybe(py.str()),
    webhook_url: maybe(py.str()),
    telegram_chat_id: maybe(py.str()),
    phone_number: maybe(py.str()),
    slack_channel: maybe(py.str()),
    fcm_token: maybe(py.str().meta({ secret: true })),
    priority_filter: maybe(priority()),
    quiet_hours: maybe(py.object({ start: clockTime(), end: clockTime() })),
    timezone: maybe(py.str().refine(isTimezone, 'unknown time zone')),
    max_frequency: maybe(py.int({ ge: 1, le: 500 })),
  }),
)

const status = once(() =>
  z.strictObject({
    alert_id: z.string().meta({ readBy: [TEST_CLIENT] }),
    signal_id: z.string().nullable(),
    user_id: z.string().nullable(),
    alert_type: z.string(),
    priority: z.enum(priorities),
    status: z.enum(['pending', 'sent', 'delivered', 'failed']).meta({ readBy: [TEST_CLIENT] }),
    delivered_channels: z.array(z.string()),
    delivery_methods: z.array(z.string()).meta({ readBy: [TEST_CLIENT] }),
    delivery_timestamp: z
      .string()
      .nullable()
      .meta({ readBy: [TEST_CLIENT] }),
    delivery_details: z
      .record(
        z.string(),
        z.strictObject({
          ...outcome().shape,
          delivery_id: z.string(),
          attempts: z.int(),
          sent_at: z.string().nullable(),
          delivered_at: z.string().nullable(),
        }),
      )
      .meta({ readBy: [TEST_CLIENT] }),
    created_at: z.string(),
    acknowledged_at: z.string().nullable(),
    snoozed_until: z.string().nullable(),
  }),
)

const missing = once(() => z.strictObject({ detail: z.string() }))
const deliveryQuestion = once(() => py.object({ delivery_id: py.str() }))
const deliveryStatus = once(() =>
  z.strictObject({ delivery_id: z.string(), status: outcome().shape.status, attempts: z.int(), last_error: z.string().nullable() }),
)

const CONDITION_TYPES = ['price', 'indicator', 'position', 'greek', 'order', 'time', 'custom', 'strategy'] as const
const STANDING_CHANNELS = ['telegram', 'fcm', 'apns', 'email', 'sms', 'webhook'] as const
const STANDING_STATUSES = ['active', 'paused', 'triggered', 'expired', 'deleted'] as const

const standingChannels = once(() => py.list(py.enum(STANDING_CHANNELS, 'NotificationChannel')))
const standingPriority = once(() => py.enum(['low', 'medium', 'high', 'critical'], 'AlertPriority'))

const newStanding = once(() =>
  py.object({
    name: py.str({ min: 1, max: 255 }),
    alert_type: py.enum(CONDITION_TYPES, 'AlertType'),
    condition_config: free(),
    priority: standingPriority().default('medium'),
    description: py.optional(py.str()),
    symbol: py.optional(py.str({ max: 50 })),
    symbols: py.optional(py.list(py.str())),
    exchange: py.optional(py.str({ max: 10 })),
    notification_channels: standingChannels().default(['telegram']),
    notification_config: py.optional(free()),
    notification_template: py.optional(py.str()),
    evaluation_interval_seconds: py.int({ ge: 10, le: 3600 }).default(60),
    evaluation_window_start: py.optional(py.str()),
    evaluation_window_end: py.optional(py.str()),
    max_triggers_per_day: py.optional(py.int({ ge: 1 })),
    cooldown_seconds: py.int({ ge: 0 }).default(300),
    expires_at: py.optional(py.datetime()),
    metadata: py.optional(free()),
    account_id: py.optional(py.str()),
    strategy_id: py.optional(py.uuid()),
  }),
)

const standingPatch = once(() =>
  py.object({
    name: maybe(py.str({ min: 1, max: 255 })),
    condition_config: maybe(free()),
    priority: maybe(standingPriority()),
    description: maybe(py.str()),
    symbol: maybe(py.str({ max: 50 })),
    symbols: maybe(py.list(py.str())),
    exchange: maybe(py.str({ max: 10 })),
    notification_channels: maybe(standingChannels()),
    notification_config: maybe(free()),
    notification_template: maybe(py.str()),
    evaluation_interval_seconds: maybe(py.int({ ge: 10, le: 3600 })),
    evaluation_window_start: maybe(py.str()),
    evaluation_window_end: maybe(py.str()),
    max_triggers_per_day: maybe(py.int({ ge: 1 })),
    cooldown_seconds: maybe(py.int({ ge: 0 })),
    expires_at: maybe(py.datetime()),
    metadata: maybe(free()),
  }),
)

const standingId = once(() => py.object({ alert_id: py.uuid() }))

const standing = once(() =>
  z.strictObject({
    alert_id: z.string(),
    user_id: z.string().nullable(),
    name: z.string(),
    description: z.string().nullable(),
    alert_type: z.string(),
    condition_type: z.string(),
    condition_config: z.record(z.string(), z.unknown()),
    priority: z.enum(priorities),
    symbol: z.string().nullable(),
    symbols: z.array(z.string()).nullable(),
    exchange: z.string().nullable(),
    notification_channels: z.array(z.string()),
    notification_config: z.record(z.string(), z.unknown()).nullable(),
    notification_template: z.string().nullable(),
    evaluation_interval_seconds: z.number(),
    evaluation_window_start: z.string().nullable(),
    evaluation_window_end: z.string().nullable(),
    max_triggers_per_day: z.number().nullable(),
    cooldown_seconds: z.number(),
    expires_at: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()).nullable(),
    account_id: z.string().nullable(),
    strategy_id: z.string().nullable(),
    status: z.enum(STANDING_STATUSES),
    trigger_count: z.int(),
    last_triggered_at: z.string().nullable(),
    last_evaluated_at: z.string().nullable(),
    evaluation_count: z.int(),
    created_at: z.string(),
    updated_at: z.string(),
    created_by: z.string(),
  }),
)

const acted = once(() => z.strictObject({ status: z.literal('success'), alert_id: z.string(), action: z.string(), message: z.string(), timestamp: z.string() }))

const evaluated = once(() =>
  z.strictObject({
    status: z.literal('success'),
    message: z.string(),
    alert: z.strictObject({ alert_id: z.string(), name: z.string(), alert_type: z.string(), condition_type: z.string(), status: z.enum(STANDING_STATUSES) }),
    evaluation: z.strictObject({
      matched: z.boolean(),
      current_value: z.number().nullable(),
      threshold: z.number().nullable(),
      details: z.record(z.string(), z.unknown()),
      error: z.string().nullable(),
      evaluated_at: z.string(),
    }),
  }),
)

const AT = '2026-01-17T09:15:30Z'
const ID = '5b0c7a52-8f7e-4c1d-9a36-0e4d1f2b6c01'
const STANDING_ID = '5b0c7a52-8f7e-4c1d-9a36-0e4d1f2b6c02'
const PAUSED_ID = '5b0c7a52-8f7e-4c1d-9a36-0e4d1f2b6c03'
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'
/** The first alert that anybody makes in a fresh suite. */
const NEW_ID = 'a0733af3-f00c-4fab-b2cd-6dc50b0d216e'
/** When the alerts of the seed world were made. */
const SEEDED_AT = '2026-01-17T07:15:30Z'

const healthy = {
  status: 'healthy',
  timestamp: AT,
  service: 'alert-service',
  version: '1.0.0',
  environment: 'production',
  database: 'connected',
  lane: 0,
}
const unknownAlert = { status: 404, body: { detail: `Alert ${UNKNOWN_ID} not found` } }
const going = { status: 'accepted', reason: null } as const

const sent = {
  success: true,
  alert_id: NEW_ID,
  status: 'sent',
  channels_delivered: ['ui', 'telegram'],
  delivery_time: '2026-01-17T09:15:31.500000Z',
  timestamp: AT,
  delivery_results: { ui: going, telegram: going },
}

/** To whoever names no channel: by all that the user has switched on. */
const sentEverywhere = {
  ...sent,
  channels_delivered: ['ui', 'telegram', 'email', 'push'],
  delivery_time: '2026-01-17T09:15:36Z',
  delivery_results: { ui: going, telegram: going, email: going, push: going },
}

const momentum = {
  alert_type: 'signal',
  user_id: 'user_123',
  priority: 'high',
  channels: ['ui', 'telegram'],
  condition_config: {
    signal_type: 'RSI',
    symbol: 'NIFTY',
    instrument_key: null,
    message: 'RSI 71 above 70',
    value: 71.2,
    timestamp: '2026-01-17T09:15:30.123456',
  },
  metadata: {
    source: 'signal_service',
    type: 'signal_alert',
    signal_id: 'NIFTY_RSI_1768641330',
    timestamp: '2026-01-17T09:15:30.123470',
    priority: 'high',
  },
}

const someone = {
  user_id: 'user_123',
  channels: ['ui', 'telegram', 'email', 'push'],
  email_address: 'user_123@example.com',
  webhook_url: null,
  telegram_chat_id: '900000123',
  phone_number: '+919800000123',
  slack_channel: null,
  fcm_token: 'fcm-user_123',
  priority_filter: 'low',
  quiet_hours: null,
  timezone: 'Asia/Kolkata',
  max_frequency: 500,
}

const niftyAbove = {
  alert_id: STANDING_ID,
  user_id: 'test_user',
  name: 'NIFTY above 21500',
  description: null,
  alert_type: 'price',
  condition_type: 'price',
  condition_config: { type: 'price', symbol: 'NIFTY', operator: 'gt', threshold: 21500 },
  priority: 'medium',
  symbol: 'NIFTY',
  symbols: null,
  exchange: 'NSE',
  notification_channels: ['telegram'],
  notification_config: null,
  notification_template: null,
  evaluation_interval_seconds: 60,
  evaluation_window_start: null,
  evaluation_window_end: null,
  max_triggers_per_day: null,
  cooldown_seconds: 300,
  expires_at: null,
  metadata: null,
  account_id: null,
  strategy_id: null,
  status: 'active',
  trigger_count: 0,
  last_triggered_at: null,
  last_evaluated_at: null,
  evaluation_count: 0,
  created_at: SEEDED_AT,
  updated_at: SEEDED_AT,
  created_by: 'test_user',
}

const EXPOSED = `# HELP alert_service_alerts Alerts by status.
# TYPE alert_service_alerts gauge
alert_service_alerts{status="active"} 1
alert_service_alerts{status="paused"} 1
alert_service_alerts{status="triggered"} 1
# HELP alert_service_notifications Notifications by channel and status.
# TYPE alert_service_notifications gauge
alert_service_notifications{channel="telegram",status="delivered"} 1
alert_service_notifications{channel="ui",status="delivered"} 1
`

/** One order at the provider's switchboard, as all of them answer. */
const actionExample = (action: string, message: string, alert_id = STANDING_ID) => ({
  params: { alert_id },
  reply: { status: 200, body: { status: 'success', alert_id, action, message, timestamp: AT } },
})

/**
 * The alert service, in four generations that share one memory: the first (`/api/v1/alerts`, today's client), the second (`/api/v1/alerts/send`),
 * the user's document (`/alerts/create`), and the real provider (`/alerts`, C1 §3.8).
 */
export const alert = defineContract({
  service: 'alert',
  title: 'Alert service',
  port: 8085,
  host: 'alert-service',
  env: { ALERT_SERVICE_URL: ({ url }) => url },
  auth: internalKey,
  errors: fastapi({ version: '0.115.0' }),
  operations: {
    health: get('/health', () => ({
      summary: 'Tells whether the service is up.',
      responses: { 200: health() },
      auth: false,
      evidence: 'client',
      source: 'C1 §3.1 AL-6, §3.3; the real provider says "ok" (§3.8), which today\'s probe takes for down: clients decide',
      examples: { healthy: { reply: { status: 200, body: healthy } } },
    })),
    apiHealth: get('/api/v1/health', () => ({
      summary: 'The same under the prefix.',
      responses: { 200: health() },
      auth: false,
      evidence: 'document',
      source: 'C1 §10.3; inferred: the path on this service',
      examples: { healthy: { reply: { status: 200, body: healthy } } },
    })),

    createAlert: post('/api/v1/alerts', () => ({
      summary: 'Tells a user about a signal, through every channel asked for that the user has switched on.',
      body: notice(),
      responses: { 201: receipt() },
      evidence: 'client',
      source: 'C1 §3.1 AL-1, §3.2, §3.4, §3.7: without `success` a client takes it for undelivered; inferred: an unknown user has a screen and nothing else',
      examples: {
        sent: { body: momentum, reply: { status: 201, body: sent } },
        partly: {
          body: { ...momentum, user_id: 'user_42' },
          reply: {
            status: 201,
            body: {
              ...sent,
              channels_delivered: ['ui'],
              delivery_time: '2026-01-17T09:15:30.200000Z',
              delivery_results: { ui: going, telegram: { status: 'failed', reason: 'Telegram is not set up for user_42' } },
            },
          },
        },
        priceTarget: {
          body: {
            user_id: 'user_123',
            alert_type: 'price_target',
            instrument_key: 'NSE@RELIANCE@EQ',
            condition: 'price > 2500',
            message: 'RELIANCE reached its target',
            priority: 'high',
            metadata: { current_price: 2510, target_price: 2500, signal_source: 'momentum' },
          },
          reply: { status: 201, body: sentEverywhere },
        },
      },
    })),
    createBulkAlerts: post('/api/v1/alerts/bulk', () => ({
      summary: 'The same for many at once; one that does not go through spoils no other.',
      body: bulk(),
      responses: {
        200: z.strictObject({
          success: z.boolean(),
          success_count: z.int().meta({ readBy: ['service_integrations.py'] }),
          sent_count: z.int().meta({ readBy: [TEST_CLIENT] }),
          failed_count: z.int().meta({ readBy: [TEST_CLIENT] }),
          delivered_count: z.int(),
          alert_ids: z.array(z.string()).meta({ readBy: [TEST_CLIENT] }),
          results: z.array(z.strictObject({ user_id: z.string().nullable(), alert_id: z.string(), success: z.boolean(), error: z.string().optional() })),
        }),
      },
      evidence: 'client',
      source: 'C1 §3.1 AL-4, §3.2, §3.4; inferred: an alert for nobody (user_id null) fails',
      examples: {
        one: {
          body: {
            alerts: [
              {
                alert_type: 'signal',
                user_id: 'user_0',
                priority: 'medium',
                channels: ['ui'],
                condition_config: {},
                metadata: { source: 'signal_service', batch_id: null },
              },
            ],
          },
          reply: {
            status: 200,
            body: {
              success: true,
              success_count: 1,
              sent_count: 1,
              failed_count: 0,
              delivered_count: 1,
              alert_ids: [NEW_ID],
              results: [{ user_id: 'user_0', alert_id: NEW_ID, success: true }],
            },
          },
        },
      },
    })),
    getAlertStatus: get('/api/v1/alerts/:alert_id/status', () => ({
      summary: 'How far an alert has come, channel by channel; clients ask with a signal_id as well as with an alert_id.',
      responses: { 200: status(), 404: missing() },
      evidence: 'client',
      source: 'C1 §3.1 AL-5, §3.2; inferred: the words of the 404, and that the newest alert of a signal answers for it',
      examples: {
        delivered: {
          params: { alert_id: 'sig_20260118_0001' },
          reply: {
            status: 200,
            body: {
              alert_id: ID,
              signal_id: 'sig_20260118_0001',
              user_id: 'user_123',
              alert_type: 'signal',
              priority: 'high',
              status: 'delivered',
              delivered_channels: ['ui', 'telegram'],
              delivery_methods: ['ui', 'telegram'],
              delivery_timestamp: '2026-01-17T07:15:31.500000Z',
              delivery_details: {
                ui: {
                  status: 'delivered',
                  reason: null,
                  delivery_id: `${ID}:ui`,
                  attempts: 1,
                  sent_at: '2026-01-17T07:15:30.050000Z',
                  delivered_at: '2026-01-17T07:15:30.200000Z',
                },
                telegram: {
                  status: 'delivered',
                  reason: null,
                  delivery_id: `${ID}:telegram`,
                  attempts: 1,
                  sent_at: '2026-01-17T07:15:30.500000Z',
                  delivered_at: '2026-01-17T07:15:31.500000Z',
                },
              },
              created_at: SEEDED_AT,
              acknowledged_at: null,
              snoozed_until: null,
            },
          },
        },
        unknown: { params: { alert_id: UNKNOWN_ID }, reply: unknownAlert },
      },
    })),
    getPreferences: get('/api/v1/notifications/preferences', () => ({
      summary: 'Through which channels, when and how often a user wants to be told.',
      query: py.object({ user_id: py.str({ min: 1 }) }),
      responses: { 200: preferences(), 404: missing() },
      evidence: 'client',
      source: 'C1 §3.1 AL-2, §3.2; on a 404 the client falls back to the screen alone; inferred: its words, and members beyond those of §3.2',
      examples: {
        known: { query: { user_id: 'user_123' }, reply: { status: 200, body: someone } },
        unknown: { query: { user_id: 'nobody' }, reply: { status: 404, body: { detail: 'Notification preferences for user nobody not found' } } },
      },
    })),
    updatePreferences: put('/api/v1/notifications/preferences', () => ({
      summary: 'Changes the members that are sent and keeps the others; makes the preferences of a user who has none.',
      body: changes(),
      responses: { 200: z.strictObject({ success: z.literal(true), user_id: z.string(), preferences: preferences() }) },
      evidence: 'client',
      source: 'C1 §3.1 AL-3, limits of §3.8; inferred: the reply, and that null clears an address or the quiet hours and leaves the rest alone',
      examples: {
        changed: {
          body: { user_id: 'user_123', quiet_hours: { start: '22:00', end: '08:00' } },
          reply: { status: 200, body: { success: true, user_id: 'user_123', preferences: { ...someone, quiet_hours: { start: '22:00', end: '08:00' } } } },
        },
      },
    })),

    sendAlert: post('/api/v1/alerts/send', () => ({
      summary: 'The second generation: a ready message, for `channels` or for one `channel`.',
      body: py.object({
        user_id: py.str({ min: 1 }),
        message: py.str(),
        alert_type: py.str().default('SIGNAL_ALERT'),
        priority: priority().default('medium'),
        channels: py.optional(py.list(py.str())),
        channel: py.optional(py.str()),
      }),
      responses: {
        200: z.strictObject({
          alert_id: z.string().meta({ readBy: [COVERAGE_TEST] }),
          status: z.enum(['sent', 'failed']).meta({ readBy: [COVERAGE_TEST] }),
          sent: z.boolean(),
          delivery_id: z.string().nullable(),
          estimated_delivery: z.string().nullable(),
        }),
      },
      auth: courteous,
      evidence: 'test',
      source: 'C1 §3.3 (alert_id, status), §3.5 (sent, delivery_id, estimated_delivery)',
      examples: {
        threshold: {
          body: {
            user_id: 'user_123',
            alert_type: 'THRESHOLD_BREACH',
            message: 'THRESHOLD BREACH: RSI for AAPL is 75.8000 (above threshold 70.0000)',
            priority: 'high',
            channels: ['ui', 'email'],
          },
          reply: {
            status: 200,
            body: { alert_id: NEW_ID, status: 'sent', sent: true, delivery_id: `${NEW_ID}:ui`, estimated_delivery: '2026-01-17T09:15:30.200000Z' },
          },
        },
        oneChannel: {
          body: { user_id: 'user_123', message: 'NIFTY above 21500', channel: 'push_notification', priority: 'high' },
          reply: {
            status: 200,
            body: { alert_id: NEW_ID, status: 'sent', sent: true, delivery_id: `${NEW_ID}:push_notification`, estimated_delivery: '2026-01-17T09:15:32Z' },
          },
        },
      },
    })),
    getDeliveryStatus: get('/api/v1/alerts/delivery-status', () => ({
      summary: 'How one channel of one alert fares.',
      query: deliveryQuestion(),
      responses: { 200: deliveryStatus(), 404: missing() },
      auth: courteous,
      evidence: 'document',
      source: 'C1 §3.5: no method is given, so both are served',
      examples: {
        delivered: {
          query: { delivery_id: `${ID}:ui` },
          reply: { status: 200, body: { delivery_id: `${ID}:ui`, status: 'delivered', attempts: 1, last_error: null } },
        },
        unknown: { query: { delivery_id: 'nothing' }, reply: { status: 404, body: { detail: 'Delivery nothing not found' } } },
      },
    })),
    askDeliveryStatus: post('/api/v1/alerts/delivery-status', () => ({
      summary: 'The same, asked with a body.',
      body: deliveryQuestion(),
      responses: { 200: deliveryStatus(), 404: missing() },
      auth: courteous,
      evidence: 'document',
      source: 'C1 §3.5: the document writes {delivery_id} like a body',
      examples: {
        failed: {
          after: [{ operation: 'createAlert', body: { ...momentum, user_id: 'user_0', channels: ['email'] } }],
          body: { delivery_id: `${NEW_ID}:email` },
          reply: { status: 200, body: { delivery_id: `${NEW_ID}:email`, status: 'failed', attempts: 0, last_error: 'user_0 has no email address' } },
        },
      },
    })),
    createConfiguredAlert: post('/alerts/create', () => ({
      summary: "The user's document: an alert by its configuration. User, priority, channels and message are read from either object.",
      body: py.object({ alert_type: py.str({ min: 1 }), condition_config: free(), metadata: py.optional(free()) }),
      responses: { 201: receipt() },
      auth: courteous,
      evidence: 'document',
      source: 'the integration assessment matrix; C1 §3.5, §13; inferred: the reply is that of AL-1, and `system` is told when no user is named',
      examples: {
        created: {
          body: { alert_type: 'signal', condition_config: momentum.condition_config, metadata: { ...momentum.metadata, user_id: 'user_123' } },
          reply: { status: 201, body: sentEverywhere },
        },
      },
    })),

    createStandingAlert: post('/alerts', () => ({
      summary: 'The provider: an alert that waits for its condition.',
      body: newStanding(),
      responses: { 201: standing(), 400: missing() },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8; inferred: the ValueErrors behind a 400',
      examples: {
        created: {
          body: { name: 'NIFTY above 21500', alert_type: 'price', condition_config: niftyAbove.condition_config, symbol: 'NIFTY', exchange: 'NSE' },
          reply: { status: 201, body: { ...niftyAbove, alert_id: NEW_ID, created_at: AT, updated_at: AT } },
        },
        badOperator: {
          body: { name: 'NIFTY', alert_type: 'price', condition_config: { type: 'price', symbol: 'NIFTY', operator: 'above', threshold: 1 } },
          reply: { status: 400, body: { detail: 'Unsupported operator: above' } },
        },
      },
    })),
    listAlerts: get('/alerts', () => ({
      summary: 'Alerts, newest first; deleted ones only when asked for by status.',
      query: py.object({
        status: py.optional(py.enum(STANDING_STATUSES, 'AlertStatus')),
        alert_type: py.optional(py.str()),
        symbol: py.optional(py.str()),
        limit: py.int({ ge: 1, le: 500 }).default(100),
        offset: py.int({ ge: 0 }).default(0),
      }),
      responses: {
        200: z.strictObject({
          status: z.literal('success'),
          count: z.int(),
          alerts: z.array(standing()),
          total: z.null(),
          page: z.number(),
          page_size: z.number(),
        }),
      },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8; the real one lists those of `test_user` alone: here the alerts of every generation are shown; inferred: the order',
      examples: {
        one: {
          query: { symbol: 'NIFTY', alert_type: 'price' },
          reply: { status: 200, body: { status: 'success', count: 1, alerts: [niftyAbove], total: null, page: 1, page_size: 100 } },
        },
      },
    })),
    summarizeAlerts: get('/alerts/stats/summary', () => ({
      summary: 'How many alerts there are, by status.',
      responses: {
        200: z.strictObject({
          status: z.literal('success'),
          user_id: z.string(),
          total_alerts: z.int(),
          active_alerts: z.int(),
          paused_alerts: z.int(),
          triggered_alerts: z.int(),
          total_triggers: z.int(),
          last_trigger_time: z.string().nullable(),
        }),
      },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8',
      examples: {
        few: {
          reply: {
            status: 200,
            body: {
              status: 'success',
              user_id: 'test_user',
              total_alerts: 3,
              active_alerts: 1,
              paused_alerts: 1,
              triggered_alerts: 1,
              total_triggers: 1,
              last_trigger_time: SEEDED_AT,
            },
          },
        },
      },
    })),
    getAlert: get('/alerts/:alert_id', () => ({
      summary: 'One alert, whichever generation made it.',
      params: standingId(),
      responses: { 200: standing(), 404: missing() },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8',
      examples: {
        known: { params: { alert_id: STANDING_ID }, reply: { status: 200, body: niftyAbove } },
        unknown: { params: { alert_id: UNKNOWN_ID }, reply: unknownAlert },
      },
    })),
    updateAlert: put('/alerts/:alert_id', () => ({
      summary: 'Changes the members that are sent; null leaves one alone.',
      params: standingId(),
      body: standingPatch(),
      responses: { 200: standing(), 400: missing(), 404: missing() },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8; inferred: which members may be changed',
      examples: {
        changed: {
          params: { alert_id: STANDING_ID },
          body: { priority: 'high' },
          reply: { status: 200, body: { ...niftyAbove, priority: 'high', updated_at: AT } },
        },
        unknown: { params: { alert_id: UNKNOWN_ID }, body: {}, reply: unknownAlert },
      },
    })),
    deleteAlert: del('/alerts/:alert_id', () => ({
      summary: 'Deletes an alert softly: it is listed under its status, and found nowhere else.',
      params: standingId(),
      responses: { 200: z.strictObject({ status: z.literal('success'), message: z.string(), alert_id: z.string() }), 404: missing() },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8; inferred: that a deleted alert is not found again',
      examples: {
        gone: {
          params: { alert_id: STANDING_ID },
          reply: { status: 200, body: { status: 'success', message: `Alert ${STANDING_ID} deleted successfully`, alert_id: STANDING_ID } },
        },
        unknown: { params: { alert_id: UNKNOWN_ID }, reply: unknownAlert },
      },
    })),
    pauseAlert: post('/alerts/:alert_id/pause', () => ({
      summary: 'Stops an active alert from waiting.',
      params: standingId(),
      responses: { 200: acted(), 404: missing() },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8',
      examples: {
        paused: actionExample('pause', 'Alert paused successfully'),
        unknown: { params: { alert_id: UNKNOWN_ID }, reply: { status: 404, body: { detail: `Alert ${UNKNOWN_ID} not found or not active` } } },
      },
    })),
    resumeAlert: post('/alerts/:alert_id/resume', () => ({
      summary: 'Lets a paused alert wait again.',
      params: standingId(),
      responses: { 200: acted(), 404: missing() },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8',
      examples: {
        resumed: actionExample('resume', 'Alert resumed successfully', PAUSED_ID),
        active: { params: { alert_id: STANDING_ID }, reply: { status: 404, body: { detail: `Alert ${STANDING_ID} not found or not paused` } } },
      },
    })),
    acknowledgeAlert: post('/alerts/:alert_id/acknowledge', () => ({
      summary: 'Notes that somebody has seen an alert.',
      params: standingId(),
      responses: { 200: acted() },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8: the real one does nothing and answers 200, also for an alert that nobody knows; inferred: the members',
      examples: { noted: actionExample('acknowledge', 'Alert acknowledged') },
    })),
    snoozeAlert: post('/alerts/:alert_id/snooze', () => ({
      summary: 'Asks for quiet from an alert for a while.',
      params: standingId(),
      query: py.object({ duration_seconds: py.int({ ge: 60, le: 86_400 }).default(3600) }),
      responses: { 200: acted() },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8: a promise without effect, as acknowledge',
      examples: { noted: { ...actionExample('snooze', 'Alert snoozed for 3600 seconds'), query: { duration_seconds: '3600' } } },
    })),
    testAlert: post('/alerts/:alert_id/test', () => ({
      summary: 'Looks once whether the condition holds, and tells nobody.',
      params: standingId(),
      responses: { 200: evaluated(), 404: missing() },
      auth: courteous,
      evidence: 'provider',
      source: 'C1 §3.8; inferred: the market is what signals last reported of a symbol',
      examples: {
        holds: {
          params: { alert_id: STANDING_ID },
          reply: {
            status: 200,
            body: {
              status: 'success',
              message: 'Alert test completed',
              alert: { alert_id: STANDING_ID, name: 'NIFTY above 21500', alert_type: 'price', condition_type: 'price', status: 'active' },
              evaluation: {
                matched: true,
                current_value: 21515.25,
                threshold: 21500,
                details: { symbol: 'NIFTY', operator: 'gt', comparison: 'last_price' },
                error: null,
                evaluated_at: AT,
              },
            },
          },
        },
        unknown: { params: { alert_id: UNKNOWN_ID }, reply: unknownAlert },
      },
    })),
    metrics: get('/metrics', () => ({
      summary: 'Alerts and notifications, for Prometheus.',
      responses: { 200: { body: z.string(), contentType: 'text/plain; version=0.0.4; charset=utf-8' } },
      auth: false,
      evidence: 'provider',
      source: 'C1 §3.8; inferred: the names of the metrics',
      examples: { quiet: { reply: { status: 200, body: EXPOSED } } },
    })),
    root: get('/', () => ({
      summary: 'Says what this is.',
      responses: { 200: z.strictObject({ service: z.string(), version: z.string(), status: z.string(), docs: z.string() }) },
      auth: false,
      evidence: 'provider',
      source: 'C1 §3.8; inferred: the members',
      examples: { usual: { reply: { status: 200, body: { service: 'alert-service', version: '1.0.0', status: 'running', docs: '/docs' } } } },
    })),
    whoAmI: get('/auth/test', () => ({
      summary: 'Shows whom the bearer token names.',
      responses: { 200: z.strictObject({ status: z.literal('success'), message: z.string(), user_id: z.string() }), 401: missing(), 403: missing() },
      auth: false,
      evidence: 'provider',
      source: 'C1 §3.8: RS256 by the keys of the user service, so that its tokens are good here; inferred: the members, and the words for a bad signature',
      examples: {
        known: {
          headers: { authorization: 'Bearer eyJhbGciOiJSUzI1NiIs…' },
          reply: { status: 200, body: { status: 'success', message: 'Authentication successful', user_id: 'user:123' } },
        },
        nobody: { reply: { status: 403, body: { detail: 'Not authenticated' } } },
        stranger: {
          headers: { authorization: 'Bearer of.good.news' },
          reply: { status: 401, body: { detail: "Key ID 'None' not found in JWKS" } },
        },
      },
    })),
  },
})

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
