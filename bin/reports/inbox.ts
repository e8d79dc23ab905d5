import type { InboxMessage } from '../../contracts/control.ts'
import type { Terminal } from '../kit/terminal.ts'

/** Messages as a person reads them: who, what, and the text below. */
export function inboxText(messages: readonly InboxMessage[], { paint }: Pick<Terminal, 'paint'>): string {
  return messages
    .map(({ message_id, channel, to, from, subject, text, sent_at }) => {
      const head = `${paint('bold', message_id)}  ${sent_at}  ${channel}  ${from} → ${to.join(', ')}`
      return [
        head,
        ...(subject === null ? [] : [`  ${paint('bold', subject)}`]),
        ...text
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`),
      ].join('\n')
    })
    .join('\n\n')
}
