import { mailbox, messageId } from './eml/address.ts'
import { unstructured } from './eml/encoded-word.ts'
import { transferEncode } from './eml/transfer-encoding.ts'
import type { Message } from './messages.ts'

/**
 * A message as an `.eml` file, ready for any mail program: RFC 5322 and MIME, to the byte the same for the same message.
 * Text and HTML become the two parts of a `multipart/alternative`; who has no mail address gets one under `sms.invalid`, `push.invalid` …
 */
export function eml(message: Message): string {
  return [...head(message), ...content(message), ''].join(CRLF)
}

const CRLF = '\r\n'

function head({ message_id, service, channel, from, to, subject, sent_at }: Message): string[] {
  const recipients = to.map((recipient) => mailbox(recipient, channel)).join(`,${CRLF} `)
  return [
    `Date: ${new Date(sent_at).toUTCString().replace('GMT', '+0000')}`,
    `From: ${mailbox(from, channel)}`,
    `To: ${recipients || 'undisclosed-recipients:;'}`,
    ...(subject === null ? [] : [`Subject: ${unstructured(subject)}`]),
    `Message-ID: ${messageId(message_id, service)}`,
    'MIME-Version: 1.0',
  ]
}

function content({ message_id, text, html }: Message): string[] {
  if (html === null) return part('plain', text)
  const boundary = boundaryFor(message_id)
  return [
    'Content-Type: multipart/alternative;',
    ` boundary="${boundary}"`,
    '',
    `--${boundary}`,
    ...part('plain', text),
    `--${boundary}`,
    ...part('html', html),
    `--${boundary}--`,
  ]
}

function part(subtype: 'plain' | 'html', text: string): string[] {
  const { encoding, body } = transferEncode(text)
  return [`Content-Type: text/${subtype}; charset=utf-8`, `Content-Transfer-Encoding: ${encoding}`, '', body]
}

/** `=_` comes up in neither encoding of a body, so that no text can end its part (RFC 2045 §6.7). */
const boundaryFor = (id: string): string => `=_${id.replace(/[^A-Za-z0-9]/g, '_').slice(0, 60)}`
