import type { RecordedClose, RecordedExchange, RecordedMessage, RecordedReply, RecordedRequest } from './exchange.ts'

/** Why nothing can be made of an entry. */
export interface Unreadable {
  unreadable: string
}

type Members = Readonly<Record<string, unknown>>

/** What one entry of a HAR tells, whichever tool wrote it. What HAR lets a tool leave out may be missing. */
export function readEntry(entry: unknown): RecordedExchange | Unreadable {
  if (!isMembers(entry)) return { unreadable: 'it is no object' }
  const [own, asked, answered] = [members(entry._mockSuite), members(entry.request), members(entry.response)]
  const { method, url } = asked
  if (typeof method !== 'string' || method === '' || typeof url !== 'string') return { unreadable: 'it has no request with a method and a URL' }
  if (!/^(https?|wss?):\/\//i.test(url) || !URL.canParse(url)) return { unreadable: 'its URL is none of http or ws' }
  if (entry._fromCache !== undefined || answered._fromCache !== undefined) return { unreadable: 'its answer came out of a cache' }
  const at = Date.parse(text(entry.startedDateTime) ?? '')
  if (!(at >= 0 && at < LATEST)) return { unreadable: 'it does not say when it began' }

  const cut = members(own.cut)
  const reply = replyOf(answered, cut.reply === true)
  const failure = text(own.failure) ?? (reply === undefined ? (text(answered._error) ?? text(answered._failureText) ?? 'no reply was recorded') : undefined)
  return defined({
    at,
    milliseconds: count(entry.time) ?? 0,
    service: text(own.service),
    operation: text(own.operation),
    lane: count(own.lane),
    version: text(own.version),
    request: requestOf(method, url, asked, cut.request === true),
    reply,
    failure,
    messages: messagesOf(entry._webSocketMessages),
    closed: closedOf(members(own.closed)),
    redactions: Array.isArray(own.redactions) ? own.redactions.filter((one): one is string => typeof one === 'string') : undefined,
  })
}

function requestOf(method: string, url: string, { headers, postData }: Members, cut: boolean): RecordedRequest {
  const body = bodySent(members(postData))
  return { method, url, headers: headersOf(headers), body: body ?? EMPTY, ...(cut || body === undefined ? { cut: true } : {}) }
}

/** None for status 0, and for those below it by which some tools say that nothing came. */
function replyOf({ status, headers, content }: Members, cut: boolean): RecordedReply | undefined {
  if (typeof status !== 'number' || status < 100) return undefined
  const kept = members(content)
  const body = decoded(kept.text, kept.encoding)
  const missing = body === undefined && (count(kept.size) ?? 0) > 0
  return { status, headers: headersOf(headers), body: body ?? EMPTY, ...(cut || missing ? { cut: true } : {}) }
}

/** The year 10000; nothing was recorded before 1970 either. */
const LATEST = 253_402_300_800_000
const EMPTY = Buffer.alloc(0)

function headersOf(headers: unknown): string[] {
  return list(headers).flatMap((one) => {
    const { name, value } = members(one)
    // Browsers list the pseudo headers of HTTP/2 among the others.
    if (typeof name !== 'string' || name === '' || name.startsWith(':')) return []
    // They also write several headers of one name as one, with line breaks between.
    return String(value ?? '')
      .split(/\r?\n/)
      .flatMap((line) => [name, line])
  })
}

/** Nothing where a body was sent that cannot be told from what is left of it. */
function bodySent({ text: kept, encoding, _encoding, _textBase64, params, mimeType }: Members): Buffer | undefined {
  const body = decoded(_textBase64, 'base64') ?? decoded(kept, _encoding ?? encoding)
  if (body !== undefined && (body.length > 0 || list(params).length === 0)) return body
  if (list(params).length === 0) return EMPTY
  if (!/^application\/x-www-form-urlencoded\b/i.test(text(mimeType) ?? '')) return undefined
  const form = list(params).map((one) => [text(members(one).name) ?? '', text(members(one).value) ?? ''])
  return Buffer.from(new URLSearchParams(form as [string, string][]).toString())
}

function decoded(kept: unknown, encoding: unknown): Buffer | undefined {
  return typeof kept === 'string' ? Buffer.from(kept, encoding === 'base64' ? 'base64' : 'utf8') : undefined
}

function messagesOf(messages: unknown): RecordedMessage[] | undefined {
  if (!Array.isArray(messages)) return undefined
  return messages.map(members).flatMap(({ type, time, opcode, data, _cut }) => {
    if (typeof data !== 'string' || (opcode !== 1 && opcode !== 2)) return []
    const [kind, encoding] = opcode === 1 ? (['text', 'utf8'] as const) : (['binary', 'base64'] as const)
    const at = Math.round((count(time) ?? 0) * 1000)
    return [{ at, from: type === 'send' ? 'client' : 'service', kind, data: Buffer.from(data, encoding), ...(_cut === true ? { cut: true } : {}) }]
  })
}

function closedOf({ from, code, reason }: Members): RecordedClose | undefined {
  if ((from !== 'client' && from !== 'service') || count(code) === undefined) return undefined
  return { from, code: code as number, reason: text(reason) ?? '' }
}

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)
const members = (value: unknown): Members => (isMembers(value) ? value : {})
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
/** Tools write -1 for what they do not know. */
const count = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined)

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}
