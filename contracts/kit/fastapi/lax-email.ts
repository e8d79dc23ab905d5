import { listed, NoEmail, splitEmail } from './email-parts.ts'
import { customVerdict, type Verdict, verdict } from './verdict.ts'

/**
 * What pydantic's `EmailStr` takes for an address; the domain is written back in lower case.
 * `reserved` lets in names kept for tests (`.test`, `.invalid`), as a service does that empties `SPECIAL_USE_DOMAIN_NAMES`.
 */
export function laxEmail(value: unknown, { reserved = false }: { reserved?: boolean | undefined } = {}): string | Verdict {
  if (typeof value !== 'string') return verdict('string_type')
  const address = read(addressIn(value), reserved)
  if (!(address instanceof NoEmail)) return address
  return customVerdict('value_error', `value is not a valid email address: ${address.reason}`, { reason: address.reason })
}

/** `Name <user@example.com>` counts for its address: so far pydantic reads it itself. */
function addressIn(text: string): string {
  return (/^\s*(?:(?:[\p{L}\p{N}_!#$%&'*+\-/=?^`{|}~]+\s+)*[\p{L}\p{N}_!#$%&'*+\-/=?^`{|}~]+|"[^"]+")?\s*<\s*(.+)\s*>\s*$/u.exec(text)?.[1] ?? text).trim()
}

function read(text: string, reserved: boolean): string | NoEmail {
  const parts = splitEmail(text)
  if (parts instanceof NoEmail) return parts
  const domain = parts.domain.toLowerCase()
  const local = MAILBOXES.has(parts.local.toLowerCase()) ? parts.local.toLowerCase() : parts.local
  const reason = localComplaint(local) ?? domainComplaint(domain, reserved) ?? tooLong(`${local}@${domain}`, 254, 'The email address is too long')
  if (reason !== undefined) return new NoEmail(reason)
  return parts.named ? new NoEmail('A display name and angle brackets around the email address are not permitted here.') : `${local}@${domain}`
}

/** Names that mean the same in any case (RFC 2142). */
const MAILBOXES = new Set('info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp'.split(' '))

function localComplaint(local: string): string | undefined {
  if (local.startsWith('"')) return 'Quoting the part before the @-sign is not allowed here.'
  if (local === '') return 'There must be something before the @-sign.'
  const strangers = listed(local, /[^A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.\u0080-\u{10FFFF}]/gu)
  if (strangers !== '') return `The email address contains invalid characters before the @-sign: ${strangers}.`
  if (local.endsWith('.')) return 'An email address cannot have a period immediately before the @-sign.'
  if (local.startsWith('.')) return 'An email address cannot start with a period.'
  return local.includes('..') ? 'An email address cannot have two periods in a row.' : undefined
}

function domainComplaint(domain: string, reserved: boolean): string | undefined {
  if (domain === '') return 'There must be something after the @-sign.'
  if (/^\[.*\]$/.test(domain)) return 'A bracketed IP address after the @-sign is not allowed here.'
  const strangers = listed(domain, /[^A-Za-z0-9\-.\u0080-\u{10FFFF}]/gu)
  if (strangers !== '') return `The part after the @-sign contains invalid characters: ${strangers}.`
  return placing(domain) ?? lengthComplaint(domain) ?? naming(domain, reserved)
}

function placing(domain: string): string | undefined {
  if (domain.endsWith('.')) return 'An email address cannot end with a period.'
  if (domain.startsWith('.')) return 'An email address cannot have a period immediately after the @-sign.'
  if (domain.includes('..')) return 'An email address cannot have two periods in a row.'
  if (domain.endsWith('-')) return 'An email address cannot end with a hyphen.'
  if (domain.startsWith('-')) return 'An email address cannot have a hyphen immediately after the @-sign.'
  if (/\.-|-\./.test(domain)) return 'An email address cannot have a period and a hyphen next to each other.'
  if (!/(?:^|\.)(?!xn)..--/.test(domain)) return undefined
  return 'An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.'
}

function lengthComplaint(domain: string): string | undefined {
  const label = domain.split('.').find(({ length }) => length > 63)
  return (
    tooLong(domain, 253, 'The email address is too long after the @-sign') ??
    (label === undefined ? undefined : tooLong(label, 63, 'After the @-sign, periods cannot be separated by so many characters'))
  )
}

function tooLong({ length }: string, limit: number, complaint: string): string | undefined {
  const over = length - limit
  return over > 0 ? `${complaint} (${over} character${over === 1 ? '' : 's'} too many).` : undefined
}

/** Names that `email_validator` refuses because no mail can ever go there. */
const SPECIAL = ['arpa', 'invalid', 'local', 'localhost', 'onion', 'test']

function naming(domain: string, reserved: boolean): string | undefined {
  if (!domain.includes('.')) return 'The part after the @-sign is not valid. It should have a period.'
  if (!/[A-Za-z\u0080-\u{10FFFF}]$/u.test(domain)) return 'The part after the @-sign is not valid. It is not within a valid top-level domain.'
  if (reserved || !SPECIAL.some((name) => domain.endsWith(`.${name}`))) return undefined
  return 'The part after the @-sign is a special-use or reserved name that cannot be used with email.'
}
