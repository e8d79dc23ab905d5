import type { InboxMessage } from '../../../contracts/control.ts'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import type { Inbox } from '../neighbourhood.ts'
import type { Handlers, Subject } from './subject.ts'

/** Mail, SMS and the like: what the fakes have sent to people. */
export function inboxHandlers(subject: Subject) {
  return {
    listMessages({ query: { lane, ...wanted } }) {
      const messages = sent(subject, lane).filter((message) => passes(message, wanted))
      return { status: 200, body: { messages: messages.toSorted((a, b) => Date.parse(a.sent_at) - Date.parse(b.sent_at)) } }
    },
    getMessage: ({ params, query }) => ({ status: 200, body: one(sent(subject, query.lane), params.message_id) }),
    getMail({ params, query }) {
      const message = one(sent(subject, query.lane), params.message_id)
      return { status: 200, body: (subject.inbox as Inbox).eml(message as never) }
    },
  } satisfies Handlers<'listMessages' | 'getMessage' | 'getMail'>
}

/** Only what has been sent by now: a message may be planned for later. */
function sent({ suite, inbox }: Subject, index = 0): InboxMessage[] {
  const { store, clock } = suite.lane(index)
  if (inbox === undefined) throw new MockSuiteError('unknown-table', 'could not open the inbox: this neighbourhood has none. Give suiteOf() an inbox.')
  const messages = store.table(`world.${inbox.table}`).all() as InboxMessage[]
  return messages.filter(({ sent_at }) => Date.parse(sent_at) <= clock.now())
}

interface Wanted {
  channel?: string | undefined
  to?: string | undefined
  user_id?: string | undefined
}

function passes(message: InboxMessage, { channel, to, user_id }: Wanted): boolean {
  if (channel !== undefined && message.channel !== channel) return false
  if (user_id !== undefined && message.user_id !== user_id) return false
  return to === undefined || message.to.some((recipient) => recipient.toLowerCase() === to.toLowerCase())
}

function one(messages: readonly InboxMessage[], id: string): InboxMessage {
  const message = messages.find(({ message_id }) => message_id === id)
  if (message !== undefined) return message
  throw new MockSuiteError('unknown-key', `could not find the message ${JSON.stringify(id)}: none of this name has been sent by now. List the inbox.`)
}
