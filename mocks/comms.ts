import { comms } from '../contracts/comms.ts'
import { naive } from '../contracts/kit/fastapi/naive.ts'
import { compose, isRefusal, needsOf, type Refusal, refuse, unknownTemplate, type Variant, variantsOf, type Wording } from './comms/compose.ts'
import { arrival, type Delivery, deliveryRows, type Progress, progressOf, progressTo } from './comms/deliveries.ts'
import { IN_THE_QUEUE, type Office, OWN_ADDRESS, send, tables } from './comms/outbox.ts'
import { allows, type Preferences, preferenceRows, usual } from './comms/preferences.ts'
import { wakingTime } from './comms/quiet-hours.ts'
import { dialled, mailAddress, ownerOf, placeOf, recipient } from './comms/recipients.ts'
import type { Variables } from './comms/template-language.ts'
import { type Template, templateRows } from './comms/templates.ts'
import type { Surroundings } from './kit/mock.ts'
import { defineMock, type World } from './world/index.ts'

export const commsMock = defineMock(comms)({
  tables,
  seed: ({ clock }) => ({ templates: templateRows(), deliveries: deliveryRows(clock.now()), preferences: preferenceRows() }),

  operations: {
    health: (call) => ({ status: 200, body: healthy(call) }),
    apiHealth: (call) => ({ status: 200, body: healthy(call) }),

    sendEmail(call) {
      const { world, body } = call
      const user = body.user_id === null ? undefined : world.users.get(body.user_id)
      const to = body.to ?? (user === undefined ? undefined : [user.email])
      if (to === undefined) return unknownUser(String(body.user_id))
      const variables = body.template_data ?? body.variables
      const wording = compose(call.tables.templates, 'email', { template: body.template, variables, subject: body.subject })
      if (isRefusal(wording)) return wording
      const user_id = body.user_id ?? ownerOf(world.users, to[0]) ?? userIn(variables)
      return { status: 200, body: emailed(send(call, { channel: 'email', user_id, to, wording }), call) }
    },

    sendBulkEmails(call) {
      const results = call.body.emails.flatMap((email) => email.to.map((to_email) => ({ to_email, ...sendQueued(call, { ...email, to_email }) })))
      const sent = results.filter(({ success }) => success).length
      return {
        status: 200,
        body: { success: sent > 0 || results.length === 0, success_count: sent, sent_count: sent, failed_count: results.length - sent, results },
      }
    },

    listEmailTemplates: ({ tables }) => ({ status: 200, body: listing(tables.templates.all().filter((one) => variantsOf(one).includes('email'))) }),
    listTemplates: ({ tables }) => ({ status: 200, body: listing(tables.templates.all()) }),

    validateEmail({ body }) {
      const read = mailAddress(body.email)
      if ('error' in read) return { status: 200, body: { valid: false, email: body.email, error: read.error } }
      return { status: 200, body: { valid: true, email: read.to } }
    },

    getEmailStatus({ tables, clock, params }) {
      const { email_id } = params
      const delivery = tables.deliveries.get(email_id)
      if (delivery?.channel !== 'email') return { status: 404, body: { detail: `Email ${email_id} not found` } }
      const now = clock.now()
      const status = mailed(progressOf(delivery, now))
      return {
        status: 200,
        body: {
          email_id,
          status,
          template: delivery.template,
          recipients: delivery.to.map((email) => ({ email, status: mailed(progressTo(email, delivery, now)) })),
          created_at: zulu(delivery.created_at),
          delivery_timestamp: status === 'delivered' ? zulu(arrival(delivery)) : null,
          error: status === 'bounced' ? 'Mailbox unavailable' : null,
        },
      }
    },

    sendDocumentEmail(call) {
      const sent = sendToNamed(call, 'email')
      return isRefusal(sent) ? sent : { status: 200, body: emailed(sent, call) }
    },

    sendDocumentSms(call) {
      const sent = sendToNamed(call, 'sms')
      return isRefusal(sent) ? sent : { status: 200, body: texted(sent, call) }
    },

    sendSms(call) {
      const { user_id, phone_number, message } = call.body
      return { status: 200, body: texted(send(call, { channel: 'sms', user_id, to: [dialled(phone_number)], wording: plain(message) }), call) }
    },

    getSmsStatus({ tables, clock, params }) {
      const { sms_id } = params
      const delivery = tables.deliveries.get(sms_id)
      if (delivery?.channel !== 'sms') return { status: 404, body: { detail: `SMS ${sms_id} not found` } }
      const status = texting(progressOf(delivery, clock.now()))
      return {
        status: 200,
        body: { sms_id, status, delivery_timestamp: status === 'delivered' ? zulu(arrival(delivery)) : null, delivery_report: report(status) },
      }
    },

    createNotification(call) {
      const { world, clock, ids, body } = call
      const user = world.users.get(body.user_id)
      if (user === undefined) return unknownUser(body.user_id)
      const chosen = preferencesOf(call, body.user_id)
      const channels = [...new Set(body.channels)].filter((channel) => allows(chosen, channel, body.notification_type ?? ''))
      const wakes = BREAKS_QUIET.has(body.priority ?? '') ? clock.now() : wakingTime(chosen.quiet_hours, user.timezone, clock.now())
      const sent_at = wakes + IN_THE_QUEUE
      const notification_id = ids.next('notif')
      for (const channel of channels) {
        const wording = { ...plain(body.message), subject: channel === 'sms' ? null : body.title }
        send(call, { message_id: `${notification_id}_${channel}`, channel, user_id: user.user_id, to: [placeOf(user, channel)], wording, sent_at })
      }
      const status = channels.length === 0 ? ('suppressed' as const) : ('queued' as const)
      return { status: 201, body: { notification_id, status, channels, estimated_delivery: zulu(arrival({ sent_at })) } }
    },

    getPreferences(call) {
      const { user_id } = call.query
      return call.world.users.has(user_id) ? { status: 200, body: told(preferencesOf(call, user_id)) } : unknownUser(user_id)
    },

    updatePreferences(call) {
      const { user_id, ...wanted } = call.body
      if (!call.world.users.has(user_id)) return unknownUser(user_id)
      const changes = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null))
      return { status: 200, body: told(call.tables.preferences.put({ ...preferencesOf(call, user_id), ...changes })) }
    },

    sendComms(call) {
      const { user_id, content, template, medium } = call.body
      const user = call.world.users.get(user_id)
      if (user === undefined) return unknownUser(user_id)
      const wording = wordingOf(call, content, template, medium === 'sms' ? 'sms' : 'email')
      if (isRefusal(wording)) return wording
      const { message_id } = send(call, { channel: medium, user_id, to: [placeOf(user, medium)], wording })
      return { status: 200, body: { ok: true, message_id } }
    },

    sendMessage(call) {
      const { recipient, message, delivery_method } = call.body
      const queued = delivery_method === 'async'
      const sent_at = call.clock.now() + (queued ? IN_THE_QUEUE : 0)
      const user_id = call.world.users.has(recipient) ? recipient : null
      const { message_id } = send(call, { channel: 'ui', user_id, to: [recipient], wording: plain(message), sent_at })
      return { status: 200, body: { message_id, status: queued ? 'queued' : 'sent' } }
    },

    receiveEmail({ world, clock, ids, body, callback }) {
      const url = `http://${setting(world, 'SERVICE_HOST')}:${setting(world, 'SERVICE_PORT')}/api/v2/signals/email/webhook`
      const arrived = {
        ...body,
        to_email: body.to_email ?? OWN_ADDRESS,
        headers: { 'Message-Id': `<${ids.next('inbound')}@example.com>`, ...body.headers },
        timestamp: zulu(clock.now()),
      }
      callback({ url, body: arrived, headers: { 'X-Webhook-Secret': world.secrets.get('EMAIL_WEBHOOK_SECRET')?.value ?? '' } })
      return { status: 202, body: { status: 'accepted', webhook_url: url } }
    },
  },
})

/** Priorities for which a user is woken. */
const BREAKS_QUIET = new Set(['critical', 'urgent'])

function healthy({ clock, lane }: Pick<Surroundings<World, unknown>, 'clock' | 'lane'>) {
  return { status: 'healthy', service: 'comms-service', version: '1.0.0', timestamp: naive(clock.now()), lane }
}

/** This service writes the zone behind its instants (C1 §4.1). */
const zulu = (instant: number): string => `${naive(instant)}Z`

const unknownUser = (user_id: string) => ({ status: 404 as const, body: { detail: `User ${user_id} not found` } })

/** Clients of the first generation name the user, if at all, among the variables. */
function userIn(variables: Variables | null): string | null {
  const user_id = variables?.user_id
  return typeof user_id === 'string' ? user_id : null
}

const mailed = (progress: Progress) => (progress === 'failed' ? 'bounced' : progress)
const texting = (progress: Progress) => (progress === 'failed' ? 'undelivered' : progress)
const report = (status: string): string => (status === 'queued' || status === 'sent' ? 'pending' : status)

function emailed(delivery: Delivery, { clock }: Office) {
  const { message_id: email_id } = delivery
  return { success: true as const, email_id, status: mailed(progressOf(delivery, clock.now())), delivery_timestamp: zulu(arrival(delivery)) }
}

function texted(delivery: Delivery, { clock }: Office) {
  const status = texting(progressOf(delivery, clock.now()))
  return { success: true as const, sms_id: delivery.message_id, status, delivery_timestamp: zulu(arrival(delivery)), delivery_report: report(status) }
}

interface Queued {
  to_email: string
  template: string
  template_data: Variables | null
  subject: string | null
}

/** One e-mail of many; whatever is wrong with it is told in its own result. */
function sendQueued(office: Office, { to_email, template, template_data: variables, subject }: Queued) {
  const address = mailAddress(to_email)
  if ('error' in address) return { success: false, error: address.error }
  const wording = compose(office.tables.templates, 'email', { template, variables, subject })
  if (isRefusal(wording)) return { success: false, error: wording.body.detail }
  const user_id = ownerOf(office.world.users, address.to) ?? userIn(variables)
  const { message_id } = send(office, { channel: 'email', user_id, to: [address.to], wording, sent_at: office.clock.now() + IN_THE_QUEUE })
  return { success: true, email_id: message_id }
}

/** The documents' way: one template, several recipients, and nothing is sent when one of them is nobody. */
function sendToNamed(call: Office & { body: { template: string; recipients: string[]; data: Variables | null } }, channel: Variant): Delivery | Refusal {
  const { template, recipients, data } = call.body
  const to: string[] = []
  for (const named of recipients) {
    const found = recipient(call.world.users, channel, named)
    if ('error' in found) return refuse(`Invalid recipient '${named}': ${found.error}`)
    to.push(found.to)
  }
  const wording = compose(call.tables.templates, channel, { template, variables: data })
  if (isRefusal(wording)) return wording
  const [first = ''] = recipients
  const user_id = call.world.users.has(first) ? first : (ownerOf(call.world.users, to[0]) ?? userIn(data))
  return send(call, { channel, user_id, to, wording })
}

/** A text is final, and its template only says what it is; variables need a template to go into. */
function wordingOf({ tables }: Office, content: string | Variables, template: string | null, variant: Variant): Wording | Refusal {
  if (template !== null && !tables.templates.has(template)) return unknownTemplate(template)
  if (typeof content === 'string') return { ...plain(content), subject: titleOf(tables.templates.get(template), variant), template }
  return template === null ? refuse('content must be a text when there is no template') : compose(tables.templates, variant, { template, variables: content })
}

const titleOf = (template: Template | undefined, variant: Variant): string | null => (variant === 'email' ? (template?.name ?? null) : null)

const plain = (text: string): Wording => ({ subject: null, text, html: null, template: null })

const preferencesOf = ({ tables }: Office, user_id: string): Preferences => tables.preferences.get(user_id) ?? usual(user_id)

const told = ({ user_id, ...preferences }: Preferences) => ({ user_id, preferences })

function listing(templates: readonly Template[]) {
  return {
    templates: templates.map((template) => {
      const channels = variantsOf(template)
      const { id, name, category, subject } = template
      return { id, name, category, channels, subject, variables: [...new Set(channels.flatMap((channel) => needsOf(template, channel)))] }
    }),
    categories: [...new Set(templates.map(({ category }) => category))],
  }
}

const setting = (world: World, key: string): string => String(world.settings.get(key)?.value ?? '')
