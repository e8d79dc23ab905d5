import * as z from 'zod'
import type { Inbox } from '../../contracts/control.ts'
import { control } from '../../contracts/control.ts'
import { defineCommand } from '../kit/command.ts'
import { text } from '../kit/flag.ts'
import { remote, remoteFlags } from '../kit/remote.ts'
import { inboxText } from '../reports/inbox.ts'

export const inbox = defineCommand({
  flags: {
    ...remoteFlags,
    channel: text('only what went this way, e.g. email or sms', { value: 'NAME', initial: undefined }),
    to: text('only what went to this address', { value: 'ADDRESS', initial: undefined }),
    userId: text('only what went to this user', { value: 'ID', initial: undefined }),
    eml: text('one message, as a mail program would open it', { value: 'ID', initial: undefined }),
  },
  output: () =>
    z.union([control.operations.listMessages.details().responses[200], z.strictObject({ message_id: z.string(), eml: z.string() }).describe('With --eml')]),
  examples: ['mock-suite inbox --channel email', 'mock-suite inbox --to user_123@example.com --json', 'mock-suite inbox --eml msg_9f2c01a4b7de > mail.eml'],
  async run({ flags, terminal }) {
    const suite = remote(flags)
    if (flags.eml !== undefined) {
      const reply = await suite.ask('GET', `/v1/inbox/${encodeURIComponent(flags.eml)}/eml`, { lane: flags.lane })
      const eml = await reply.text()
      terminal.print(flags.json ? terminal.json({ message_id: flags.eml, eml }) : eml.replace(/\r?\n$/, ''))
      return undefined
    }
    const { messages } = await suite.get<Inbox>('/v1/inbox', { lane: flags.lane, channel: flags.channel, to: flags.to, user_id: flags.userId })
    if (flags.json) terminal.print(terminal.json({ messages }))
    else if (messages.length === 0) terminal.tell('Nothing was sent.')
    else terminal.print(inboxText(messages, terminal))
    return undefined
  },
})
