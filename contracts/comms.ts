import * as z from 'zod'
import { apiKey, lenient } from './kit/auth.ts'
import { defineContract, get, once, post, put } from './kit/contract.ts'
import { httpException } from './kit/fastapi/schemas.ts'
import { fastapi, pydantic } from './kit/fastapi.ts'

const VERSION = '0.104.1'
const py = pydantic('2.5')

const internalKey = apiKey({ header: 'X-Internal-API-Key', secret: 'INTERNAL_API_KEY' })

const DELIVERY = 'app/services/signal_delivery_service.py'
const ENHANCED = 'app/services/enhanced_signal_delivery_service.py'
const TESTS = 'test/integration/test_external_services.py'

/** By which ways a message can reach somebody. */
const CHANNELS = ['email', 'sms', 'push', 'ui', 'telegram', 'slack', 'webhook'] as const

/** Addresses under `.test` and `.invalid` are let in: the clients' own tests write to them. */
const address = () => py.email({ reserved: true })
const phone = () => py.str({ pattern: /^\+?[0-9][0-9 ()-]{6,20}$/ })
const variables = () => py.optional(py.dict(py.any()))
const clockTime = () => py.str({ pattern: /^([01][0-9]|2[0-3]):[0-5][0-9]$/ })

const health = once(() => z.strictObject({ status: z.string(), service: z.string(), version: z.string(), timestamp: z.string(), lane: z.int() }))

const sentEmail = once(() =>
  z.strictObject({
    success: z.literal(true).meta({ readBy: [DELIVERY] }),
    email_id: z.string().meta({ readBy: [ENHANCED, TESTS] }),
    status: z.string().meta({ readBy: [TESTS] }),
    delivery_timestamp: z.string(),
  }),
)

const sentSms = once(() =>
  z.strictObject({
    success: z.literal(true),
    sms_id: z.string().meta({ readBy: [TESTS] }),
    status: z.string().meta({ readBy: [TESTS] }),
    delivery_timestamp: z.string(),
    delivery_report: z.string(),
  }),
)

const templateList = once(() =>
  z.strictObject({
    templates: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        category: z.string(),
        channels: z.array(z.enum(['email', 'sms'])),
        subject: z.string(),
        /** What a request must bring; `a or b` wants one of the two. */
        variables: z.array(z.string()),
      }),
    ),
    categories: z.array(z.string()),
  }),
)

const preferences = once(() =>
  z.strictObject({
    user_id: z.string().meta({ readBy: [TESTS] }),
    preferences: z
      .strictObject({
        email_enabled: z.boolean(),
        push_enabled: z.boolean(),
        sms_enabled: z.boolean(),
        quiet_hours: z.strictObject({ start: z.string(), end: z.string() }),
        categories: z.record(z.string(), z.strictObject({ email: z.boolean(), push: z.boolean() })),
      })
      .meta({ readBy: [TESTS] }),
  }),
)

const limited = once(() =>
  z.strictObject({ error: z.string().meta({ readBy: [TESTS], examples: ['Rate limit exceeded'] }), retry_after: z.int().meta({ examples: [60] }) }),
)

/** What may be wrong with a message that has the right form. No provider source exists: status and words are inferred from FastAPI's habits. */
const unsendable = httpException

const healthy = { status: 'healthy', service: 'comms-service', version: '1.0.0', timestamp: '2026-01-17T09:15:30', lane: 0 }
const sent = { success: true, email_id: 'email_77a8f0227470', status: 'sent', delivery_timestamp: '2026-01-17T09:15:31Z' }
const texted = { success: true, sms_id: 'sms_77a8f0227470', status: 'sent', delivery_timestamp: '2026-01-17T09:15:31Z', delivery_report: 'pending' }
const signal = {
  signal_type: 'RSI',
  symbol: 'NIFTY',
  instrument_key: null,
  message: 'RSI 71 above 70',
  value: 71.2,
  timestamp: '2026-01-17T09:15:30.921446',
  priority: 'high',
  user_id: null,
  signal_id: null,
}
const nobodysTemplate = { status: 404, body: { detail: "Template 'no_such_template' not found" } }
const lacking = { status: 400, body: { detail: "Template 'signal_notification' is missing variables: symbol, message" } }
const listed = {
  templates: [
    {
      id: 'signal_notification',
      name: 'Signal notification',
      category: 'signals',
      channels: ['email', 'sms'],
      subject: '{{ signal_type }} signal: {{ symbol }}',
      variables: ['signal_type', 'symbol', 'message'],
    },
  ],
  categories: ['signals', 'commands'],
}
const chosen = {
  user_id: 'user_123',
  preferences: {
    email_enabled: true,
    push_enabled: true,
    sms_enabled: false,
    quiet_hours: { start: '22:00', end: '08:00' },
    categories: { trading_signals: { email: true, push: true }, price_alerts: { email: false, push: true } },
  },
}
const stranger = { status: 404, body: { detail: 'User user_nobody not found' } }
const notification = {
  user_id: 'user_123',
  notification_type: 'signal_generated',
  title: 'New Trading Signal',
  message: 'BUY signal generated for RELIANCE',
  channels: ['push', 'email'],
  priority: 'high',
  metadata: { instrument: 'NSE@RELIANCE@EQ', signal_type: 'momentum', confidence: 0.85 },
}

/**
 * The communications service: e-mail, SMS, notifications. No provider source exists; every reader is a client or a test (C1 §4).
 * What every generation sends lies in one memory: an e-mail sent through any path is found by `/api/v1/email/status/{id}`.
 */
export const comms = defineContract({
  service: 'comms',
  title: 'Communications service',
  port: 8086,
  host: 'comms-service',
  env: { COMMS_SERVICE_URL: ({ url }) => url },
  auth: internalKey,
  errors: fastapi({ version: VERSION }),
  operations: {
    health: get('/health', () => ({
      summary: 'Tells whether the service is up; the client looks at the status alone.',
      responses: { 200: health() },
      auth: false,
      evidence: 'client',
      source: 'C1 §4.1 COM-7',
      examples: { healthy: { reply: { status: 200, body: healthy } } },
    })),
    apiHealth: get('/api/v1/health', () => ({
      summary: 'The same under the prefix.',
      responses: { 200: health() },
      auth: false,
      evidence: 'document',
      source: 'C1 §10.3; inferred: every service of the fleet has it',
      examples: { healthy: { reply: { status: 200, body: healthy } } },
    })),

    sendEmail: post('/api/v1/email/send', () => ({
      summary: 'Sends one e-mail, rendered from a template, to addresses or to a user.',
      body: py
        .object({
          to: py.optional(py.list(address(), { min: 1 })),
          user_id: py.optional(py.str()),
          template: py.str(),
          subject: py.optional(py.str()),
          template_data: variables(),
          variables: variables(),
          priority: py.optional(py.str()),
          metadata: variables(),
        })
        .refine(({ to, user_id }) => to !== null || user_id !== null, { path: ['to'], message: 'to or user_id is required' }),
      responses: { 200: sentEmail(), 400: unsendable(), 404: unsendable() },
      evidence: 'client',
      source: 'C1 §4.1 COM-1, COM-3; §4.2 the test client, which names a user in place of an address',
      examples: {
        signal: {
          body: {
            to: ['user@example.test'],
            template: 'signal_notification',
            priority: 'high',
            template_data: signal,
            metadata: { source: 'signal_service', type: 'signal_notification', signal_id: null, timestamp: '2026-01-17T09:15:30.921460' },
          },
          reply: { status: 200, body: sent },
        },
        command: {
          body: {
            to: ['user@example.test'],
            template: 'command_response',
            template_data: { command: 'status', success: true, message: 'Signal service is running', result_data: { status: 'active' } },
            metadata: { source: 'signal_service', type: 'command_response' },
          },
          reply: { status: 200, body: sent },
        },
        toUser: {
          body: {
            user_id: 'user_123',
            template: 'signal_alert',
            subject: 'Trading Signal Alert',
            variables: { user_name: 'John Doe', signal: 'BUY RELIANCE', price: 2505.5 },
            priority: 'normal',
          },
          reply: { status: 200, body: sent },
        },
        missingVariable: { body: { to: ['user@example.test'], template: 'signal_notification', template_data: { signal_type: 'RSI' } }, reply: lacking },
        unknownTemplate: { body: { to: ['user@example.test'], template: 'no_such_template' }, reply: nobodysTemplate },
        unknownUser: { body: { user_id: 'user_nobody', template: 'signal_alert', variables: { signal: 'BUY RELIANCE' } }, reply: stranger },
      },
    })),
    sendBulkEmails: post('/api/v1/email/bulk', () => ({
      summary: 'Queues several e-mails; what is wrong with one fails that one alone.',
      body: py.object({
        emails: py.list(
          py.object({
            to: py.list(py.str(), { min: 1 }),
            template: py.str(),
            subject: py.optional(py.str()),
            template_data: variables(),
            priority: py.optional(py.str()),
            metadata: variables(),
          }),
        ),
      }),
      responses: {
        200: z.strictObject({
          success: z.boolean().meta({ readBy: [DELIVERY] }),
          success_count: z.int().meta({ readBy: ['app/integrations/service_integrations.py'] }),
          sent_count: z.int(),
          failed_count: z.int(),
          results: z.array(z.strictObject({ to_email: z.string(), success: z.boolean(), email_id: z.string().optional(), error: z.string().optional() })),
        }),
      },
      evidence: 'client',
      source: 'C1 §4.1 COM-2; inferred: the words of a failure',
      examples: {
        oneFails: {
          body: {
            emails: [
              {
                to: ['user@example.test'],
                template: 'signal_notification',
                template_data: signal,
                metadata: { source: 'signal_service', batch_id: null, signal_id: null },
              },
              { to: ['nobody'], template: 'signal_notification', template_data: signal },
            ],
          },
          reply: {
            status: 200,
            body: {
              success: true,
              success_count: 1,
              sent_count: 1,
              failed_count: 1,
              results: [
                { to_email: 'user@example.test', success: true, email_id: 'email_77a8f0227470' },
                { to_email: 'nobody', success: false, error: 'An email address must have an @-sign.' },
              ],
            },
          },
        },
      },
    })),
    listEmailTemplates: get('/api/v1/email/templates', () => ({
      summary: 'The templates that an e-mail can be made of.',
      responses: { 200: templateList() },
      evidence: 'client',
      source: 'C1 §4.1 COM-4; inferred: the members of a template besides id',
      examples: { some: { reply: { status: 200, body: listed } } },
    })),
    validateEmail: post('/api/v1/email/validate', () => ({
      summary: 'Whether a text is an e-mail address; why not, if it is none.',
      body: py.object({ email: py.str() }),
      responses: { 200: z.strictObject({ valid: z.boolean(), email: z.string(), error: z.string().optional() }) },
      evidence: 'client',
      source: 'C1 §4.1 COM-5',
      examples: {
        valid: { body: { email: 'user@example.test' }, reply: { status: 200, body: { valid: true, email: 'user@example.test' } } },
        invalid: {
          body: { email: 'nobody' },
          reply: { status: 200, body: { valid: false, email: 'nobody', error: 'An email address must have an @-sign.' } },
        },
      },
    })),
    getEmailStatus: get('/api/v1/email/status/:email_id', () => ({
      summary: 'How far an e-mail is on its way: queued, sent, delivered or bounced.',
      responses: {
        200: z.strictObject({
          email_id: z.string(),
          status: z.enum(['queued', 'sent', 'delivered', 'bounced']),
          template: z.string().nullable(),
          recipients: z.array(z.strictObject({ email: z.string(), status: z.enum(['queued', 'sent', 'delivered', 'bounced']) })),
          created_at: z.string(),
          delivery_timestamp: z.string().nullable(),
          error: z.string().nullable(),
        }),
        404: httpException(),
      },
      evidence: 'client',
      source: 'C1 §4.1 COM-6; inferred: every member besides email_id and status',
      examples: {
        delivered: {
          params: { email_id: 'email_0001' },
          reply: {
            status: 200,
            body: {
              email_id: 'email_0001',
              status: 'delivered',
              template: 'signal_notification',
              recipients: [{ email: 'user_123@example.com', status: 'delivered' }],
              created_at: '2026-01-17T09:14:30Z',
              delivery_timestamp: '2026-01-17T09:14:31Z',
              error: null,
            },
          },
        },
        unknown: { params: { email_id: 'email_none' }, reply: { status: 404, body: { detail: 'Email email_none not found' } } },
      },
    })),
    sendDocumentEmail: post('/email/send', () => ({
      summary: 'Sends one e-mail as the assessment matrix describes it; recipients are addresses or users.',
      body: py.object({ template: py.str(), recipients: py.list(py.str(), { min: 1 }), data: variables() }),
      responses: { 200: sentEmail(), 400: unsendable(), 404: unsendable() },
      auth: lenient(internalKey),
      evidence: 'document',
      source: 'the integration assessment matrix; C1 §4.2; inferred: the reply, which is that of /api/v1/email/send',
      examples: {
        alert: {
          body: { template: 'signal_alert', recipients: ['user@example.test'], data: { signal_type: 'RSI', symbol: 'NIFTY' } },
          reply: { status: 200, body: sent },
        },
        badRecipient: {
          body: { template: 'signal_alert', recipients: ['nobody'], data: { signal_type: 'RSI' } },
          reply: { status: 400, body: { detail: "Invalid recipient 'nobody': An email address must have an @-sign." } },
        },
      },
    })),

    sendDocumentSms: post('/sms/send', () => ({
      summary: 'Sends one SMS as the assessment matrix describes it; recipients are phone numbers or users.',
      body: py.object({ template: py.str(), recipients: py.list(py.str(), { min: 1 }), data: variables() }),
      responses: { 200: sentSms(), 400: unsendable(), 404: unsendable() },
      auth: lenient(internalKey),
      evidence: 'document',
      source: 'the integration assessment matrix; C1 §4.2; inferred: the reply, which is that of /api/v1/sms/send',
      examples: {
        alert: {
          body: { template: 'signal_alert', recipients: ['+91-9876543210'], data: { signal_type: 'RSI', symbol: 'NIFTY' } },
          reply: { status: 200, body: texted },
        },
        badRecipient: {
          body: { template: 'signal_alert', recipients: ['nobody'], data: { signal_type: 'RSI' } },
          reply: { status: 400, body: { detail: "Invalid recipient 'nobody': not a phone number." } },
        },
      },
    })),
    sendSms: post('/api/v1/sms/send', () => ({
      summary: 'Sends one SMS to a phone number.',
      body: py.object({ user_id: py.optional(py.str()), phone_number: phone(), message: py.str({ min: 1 }), priority: py.optional(py.str()) }),
      responses: { 200: sentSms() },
      auth: lenient(internalKey),
      evidence: 'test',
      source: 'C1 §4.2 the test client; inferred: its path',
      examples: {
        texted: {
          body: { user_id: 'user_123', phone_number: '+91-9876543210', message: 'BUY signal: RELIANCE @ 2505.50', priority: 'high' },
          reply: { status: 200, body: texted },
        },
      },
    })),
    getSmsStatus: get('/api/v1/sms/status/:sms_id', () => ({
      summary: 'How far an SMS is on its way: queued, sent, delivered or undelivered.',
      responses: {
        200: z.strictObject({
          sms_id: z.string(),
          status: z.enum(['queued', 'sent', 'delivered', 'undelivered']),
          delivery_timestamp: z.string().nullable(),
          delivery_report: z.string(),
        }),
        404: httpException(),
      },
      auth: lenient(internalKey),
      evidence: 'test',
      source: 'C1 §4.2 the test client; inferred: that the report can be read later, as with e-mail (COM-6)',
      examples: {
        delivered: {
          params: { sms_id: 'sms_0001' },
          reply: {
            status: 200,
            body: { sms_id: 'sms_0001', status: 'delivered', delivery_timestamp: '2026-01-17T09:14:31Z', delivery_report: 'delivered' },
          },
        },
        unknown: { params: { sms_id: 'sms_none' }, reply: { status: 404, body: { detail: 'SMS sms_none not found' } } },
      },
    })),

    createNotification: post('/api/v1/notifications', () => ({
      summary: 'Queues a notification on those of the wanted channels that the user allows; it waits for the end of quiet hours unless critical or urgent.',
      body: py.object({
        user_id: py.str(),
        notification_type: py.optional(py.str()),
        title: py.optional(py.str()),
        message: py.str(),
        channels: py.list(py.enum(CHANNELS, 'NotificationChannel')).default(['push']),
        priority: py.optional(py.str()),
        metadata: variables(),
      }),
      responses: {
        201: z.strictObject({
          notification_id: z.string().meta({ readBy: [TESTS] }),
          status: z.enum(['queued', 'suppressed']).meta({ readBy: [TESTS] }),
          channels: z.array(z.enum(CHANNELS)),
          estimated_delivery: z.string(),
        }),
        404: httpException(),
        429: limited(),
      },
      auth: lenient(internalKey),
      evidence: 'test',
      source: 'C1 §4.2 the test client and the generator; inferred: suppressed, for a user who allows none of the channels',
      examples: {
        queued: {
          body: notification,
          reply: {
            status: 201,
            body: { notification_id: 'notif_77a8f0227470', status: 'queued', channels: ['push', 'email'], estimated_delivery: '2026-01-17T09:15:32Z' },
          },
        },
        stranger: { body: { ...notification, user_id: 'user_nobody' }, reply: stranger },
      },
    })),
    getPreferences: get('/api/v1/notifications/preferences', () => ({
      summary: 'How a user wants to be notified.',
      query: py.object({ user_id: py.str() }),
      responses: { 200: preferences(), 404: httpException() },
      auth: lenient(internalKey),
      evidence: 'test',
      source: 'C1 §4.2 the test client; inferred: its path, which is that of the alert service (AL-2)',
      examples: {
        known: { query: { user_id: 'user_123' }, reply: { status: 200, body: chosen } },
        stranger: { query: { user_id: 'user_nobody' }, reply: stranger },
      },
    })),
    updatePreferences: put('/api/v1/notifications/preferences', () => ({
      summary: 'Changes how a user wants to be notified; what is left out stays. Quiet hours that end when they start are none.',
      body: py.object({
        user_id: py.str(),
        email_enabled: py.optional(py.bool()),
        push_enabled: py.optional(py.bool()),
        sms_enabled: py.optional(py.bool()),
        quiet_hours: py.optional(py.object({ start: clockTime(), end: clockTime() })),
        categories: py.optional(py.dict(py.object({ email: py.bool(), push: py.bool() }))),
      }),
      responses: { 200: preferences(), 404: httpException() },
      auth: lenient(internalKey),
      evidence: 'test',
      source: 'C1 §4.2 the test client reads them; inferred: that they can be written, as in the alert service (AL-3)',
      examples: {
        changed: {
          body: { user_id: 'user_123', sms_enabled: true },
          reply: { status: 200, body: { ...chosen, preferences: { ...chosen.preferences, sms_enabled: true } } },
        },
        stranger: { body: { user_id: 'user_nobody' }, reply: stranger },
      },
    })),

    sendComms: post('/api/v1/comms/send', () => ({
      summary: 'Sends a content to a user by one medium: a text as it stands, or the variables of a template.',
      body: py.object({
        user_id: py.str(),
        content: py.union([py.str(), py.dict(py.any())]),
        template: py.optional(py.str()),
        medium: py.enum(CHANNELS, 'Medium'),
      }),
      responses: { 200: z.strictObject({ ok: z.literal(true), message_id: z.string() }), 400: unsendable(), 404: unsendable() },
      auth: lenient(internalKey),
      evidence: 'document',
      source: 'C1 §4.2 the contract matrix; inferred: the kinds of content',
      examples: {
        text: {
          body: { user_id: 'user_123', content: 'BUY RELIANCE', template: 'signal_alert', medium: 'email' },
          reply: { status: 200, body: { ok: true, message_id: 'email_77a8f0227470' } },
        },
        variables: {
          body: { user_id: 'user_123', content: { signal: 'BUY RELIANCE' }, template: 'signal_alert', medium: 'sms' },
          reply: { status: 200, body: { ok: true, message_id: 'sms_77a8f0227470' } },
        },
        stranger: { body: { user_id: 'user_nobody', content: 'BUY RELIANCE', medium: 'email' }, reply: stranger },
      },
    })),
    listTemplates: get('/api/v1/comms/templates', () => ({
      summary: 'The templates of all media.',
      responses: { 200: templateList() },
      auth: lenient(internalKey),
      evidence: 'document',
      source: 'C1 §4.2 the contract matrix; inferred: the members of a template',
      examples: { some: { reply: { status: 200, body: listed } } },
    })),
    sendMessage: post('/api/v1/messages/send', () => ({
      summary: 'Sends a message between users, as the messaging service of older generations did.',
      body: py.object({
        recipient: py.str({ min: 1 }),
        message: py.str(),
        message_type: py.optional(py.str()),
        delivery_method: py.optional(py.str()),
      }),
      responses: { 200: z.strictObject({ message_id: z.string(), status: z.enum(['queued', 'sent']) }) },
      auth: lenient(internalKey),
      evidence: 'test',
      source: 'C1 §4.2 messaging; the client takes 200 alone',
      examples: {
        queued: {
          body: { recipient: 'user_123', message: 'RSI for NIFTY is 71.2', message_type: 'SIGNAL_UPDATE', delivery_method: 'async' },
          reply: { status: 200, body: { message_id: 'msg_77a8f0227470', status: 'queued' } },
        },
      },
    })),

    receiveEmail: post('/api/v1/email/inbound', () => ({
      summary: 'Lets an e-mail arrive for the signal service: it is handed on to its webhook, with the shared secret.',
      body: py.object({
        from_email: address(),
        to_email: py.optional(address()),
        subject: py.str(),
        body_plain: py.str(),
        body_html: py.optional(py.str()),
        headers: py.optional(py.dict(py.str())),
      }),
      responses: { 202: z.strictObject({ status: z.literal('accepted'), webhook_url: z.string() }) },
      auth: lenient(internalKey),
      evidence: 'client',
      source: 'C1 §10.1 gives the webhook; ours: this way in, where a real service listens to SMTP',
      examples: {
        command: {
          body: { from_email: 'user@example.test', to_email: 'signals@example.test', subject: 'help', body_plain: 'please' },
          reply: { status: 202, body: { status: 'accepted', webhook_url: 'http://127.0.0.1:8003/api/v2/signals/email/webhook' } },
        },
      },
    })),
  },
})
