import { expect, test } from 'vitest'
import { eml } from '../../mocks/world/eml.ts'
import type { Message } from '../../mocks/world/messages.ts'

const message: Message = {
  message_id: 'email_9f2c01a4b7de',
  service: 'comms',
  channel: 'email',
  user_id: 'user_123',
  from: 'signals@example.com',
  to: ['user_123@example.com'],
  subject: 'RSI signal: NIFTY',
  text: 'RSI 71 above 70\nValue = 71.2',
  html: null,
  template: 'signal_notification',
  sent_at: '2026-01-17T09:15:31.000Z',
}

/** Headers and body of a MIME entity, as any reader takes them apart: unfolded, then split at the first empty line. */
function read(entity: string): { headers: Map<string, string>; body: string } {
  const end = entity.indexOf('\r\n\r\n')
  const head = entity.slice(0, end).replace(/\r\n(?=[ \t])/g, '')
  const headers = head.split('\r\n').map((line) => line.split(/: (.*)/s) as [string, string])
  return { headers: new Map(headers), body: entity.slice(end + 4) }
}

function decoded({ headers, body }: ReturnType<typeof read>): string {
  if (headers.get('Content-Transfer-Encoding') === 'base64') return Buffer.from(body, 'base64').toString()
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

/** The parts of a `multipart/alternative`. */
function partsOf(file: string): string[] {
  const { headers, body } = read(file)
  const [, boundary] = /boundary="(.+)"/.exec(headers.get('Content-Type') ?? '') ?? []
  const parts = `\r\n${body}`.split(`\r\n--${boundary}`)
  expect([parts[0], parts.at(-1)]).toEqual(['', '--\r\n'])
  return parts.slice(1, -1).map((part) => part.replace(/^\r\n/, ''))
}

/** Encoded words, put together again. */
const words = (header = ''): string =>
  header.replace(/\?= =\?/g, '?==?').replace(/=\?utf-8\?B\?(.*?)\?=/g, (_, base64) => Buffer.from(base64, 'base64').toString())

test('a text of ASCII is written as anybody would write it', () => {
  expect(eml(message)).toBe(
    [
      'Date: Sat, 17 Jan 2026 09:15:31 +0000',
      'From: signals@example.com',
      'To: user_123@example.com',
      'Subject: RSI signal: NIFTY',
      'Message-ID: <email_9f2c01a4b7de@comms.mock-suite.invalid>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'RSI 71 above 70',
      'Value =3D 71.2',
      '',
    ].join('\r\n'),
  )
})

test('text and HTML become two parts, each as it was, the plainer one first', () => {
  const html = '<p style="color: green">₹ 21,515.25 – ऊपर</p>'
  const parts = partsOf(eml({ ...message, html })).map(read)
  expect(parts.map(({ headers }) => headers.get('Content-Type'))).toEqual(['text/plain; charset=utf-8', 'text/html; charset=utf-8'])
  expect(parts.map(decoded)).toEqual(['RSI 71 above 70\r\nValue = 71.2', html])
})

test.each([
  ['a few letters beyond ASCII', 'Prix : 12 € à Paris, le reste est simple', 'quoted-printable'],
  ['another script', 'निफ्टी ऊपर गया है', 'base64'],
  ['lines longer than a line of mail', `${'long '.repeat(60)}end`, 'quoted-printable'],
  ['blanks at the end of a line', 'one \ntwo\t\nthree', 'quoted-printable'],
  ['line breaks of every system', 'one\rtwo\r\nthree\nfour', 'quoted-printable'],
  ['what looks like the end of its part', '--=_email_9f2c01a4b7de--\nafter', 'quoted-printable'],
])('%s come through', (_, text, encoding) => {
  const [part = ''] = partsOf(eml({ ...message, text, html: '<p></p>' }))
  expect(read(part).headers.get('Content-Transfer-Encoding')).toBe(encoding)
  expect(decoded(read(part))).toBe(text.replace(/\r\n|\r|\n/g, '\r\n'))
})

test('a subject beyond ASCII goes in encoded words, with no character cut in two', () => {
  const subject = 'निफ्टी ₹ 21,515 🚀 '.repeat(8).trim()
  const header = read(eml({ ...message, subject })).headers.get('Subject')
  expect(header).toMatch(/^[ -~]+$/)
  expect(words(header)).toBe(subject)
})

test('no line is longer than mail allows', () => {
  const file = eml({ ...message, subject: 'wörd '.repeat(50), text: 'x'.repeat(500), html: 'é'.repeat(500) })
  expect(Math.max(...file.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76)
})

test('no subject can break out of its header', () => {
  const { headers } = read(eml({ ...message, subject: 'hello\r\nBcc: everybody@example.com' }))
  expect(headers.get('Subject')).toBe('hello Bcc: everybody@example.com')
  expect(headers.has('Bcc')).toBe(false)
})

test('several recipients stand in one header; names and domains beyond ASCII are put as mail wants them', () => {
  const { headers } = read(eml({ ...message, from: 'Señor "X" <s@example.com>', to: ['a@example.com', 'b@bücher.example'] }))
  expect(words(headers.get('From'))).toBe('Señor "X" <s@example.com>')
  expect(headers.get('To')).toBe('a@example.com, b@xn--bcher-kva.example')
})

test('an SMS becomes a mail too, from and to addresses that no mail can reach', () => {
  const { headers } = read(eml({ ...message, channel: 'sms', from: 'SIGNAL', to: ['+919800000123'], subject: null }))
  expect([headers.get('From'), headers.get('To')]).toEqual(['"SIGNAL" <SIGNAL@sms.invalid>', '"+919800000123" <+919800000123@sms.invalid>'])
  expect(headers.has('Subject')).toBe(false)
})
