import type { Eraser } from './eraser.ts'
import { unescaped } from './pseudonym.ts'
import { redactUrl } from './url.ts'

/** Rewrites flat pairs of headers. `secret` names those that hold nothing but a credential, in lower case. */
export function redactHeaders(headers: readonly string[], eraser: Eraser, direction: 'request' | 'reply', secret: ReadonlySet<string>): string[] {
  return headers.map((value, at) => (at % 2 === 0 ? value : redactHeader(headers[at - 1] as string, value, eraser, direction, secret)))
}

function redactHeader(name: string, value: string, eraser: Eraser, direction: string, secret: ReadonlySet<string>): string {
  const lower = name.toLowerCase()
  const spot = { name: lower, place: `${direction} header ${lower}` }
  if (lower === 'authorization' || lower === 'proxy-authorization') return authorization(value, eraser, spot.place)
  if (lower === 'cookie') return cookies(value, eraser, spot.place)
  if (lower === 'set-cookie') return setCookie(value, eraser, spot.place)
  if (URLS.has(lower)) return redactUrl(value, eraser, spot.place)
  if (secret.has(lower)) return eraser.secret(value, spot)
  return /^(?:www|proxy)-authenticate$/.test(lower) ? eraser.text(value, spot) : eraser.named(value, spot)
}

const URLS = new Set(['location', 'content-location', 'referer', 'origin'])

/** `Digest username="x", response="…"` and `AWS4-HMAC-SHA256 Credential=…` keep the names of their parts. */
function authorization(value: string, eraser: Eraser, place: string): string {
  const [, scheme = '', parameters] = /^([A-Za-z][\w-]* +)(\w+=.*)$/s.exec(value) ?? []
  const known = /^(?:bearer|basic|token) /i.test(scheme)
  if (parameters === undefined || known || !/^\w+=(?:"|[^=])/.test(parameters)) return schemed(value, eraser, place)
  return scheme + parameters.replace(/(\w+=)("?)([^",]*)("?)/g, (_, name, open, it, close) => name + open + eraser.secret(it, { place }) + close)
}

function schemed(value: string, eraser: Eraser, place: string): string {
  const [, scheme = '', rest] = /^([A-Za-z][\w-]{1,31} +)(\S.*)$/s.exec(value) ?? []
  const known = /^(?:bearer|basic|token|digest|apikey|dpop|negotiate) /i.test(scheme)
  return rest === undefined || known ? eraser.secret(value, { place }) : scheme + eraser.secret(rest, { place })
}

function cookies(value: string, eraser: Eraser, place: string): string {
  return value.replace(/([^=;\s]+\s*=\s*)([^;]*)|([^;\s]+)/g, (whole, name, it) =>
    name === undefined ? eraser.secret(whole, { place }) : name + cookie(it, eraser, place),
  )
}

/** The name and the attributes stay. */
function setCookie(value: string, eraser: Eraser, place: string): string {
  const [, name = '', it = '', attributes = ''] = /^([^=;]*=)?([^;]*)(.*)$/s.exec(value) ?? []
  return name + cookie(it, eraser, place) + eraser.text(attributes, { place })
}

function cookie(raw: string, eraser: Eraser, place: string): string {
  const [, open = '', it = '', close = ''] = /^("?)(.*?)("?\s*)$/s.exec(raw) ?? []
  const plain = unescaped(it)
  const made = eraser.secret(plain, { place })
  return open + (made === plain ? it : encodeURIComponent(made)) + close
}
