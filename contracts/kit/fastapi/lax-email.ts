import { customVerdict, type Verdict, verdict } from './verdict.ts'

/**
 * What pydantic's `EmailStr` takes for an address; the domain is written back in lower case.
 * `reserved` lets in names kept for tests (`.test`, `.invalid`), as a service does that empties `SPECIAL_USE_DOMAIN_NAMES`.
 */
export function laxEmail(value: unknown, { reserved = false }: { reserved?: boolean | undefined } = {}): string | Verdict {
  if (typeof value !== 'string') return verdict('string_type')
  const address = addressIn(value)
  const at = address.search(/[@<]/)
  const local = address.slice(0, at)
  const domain = address.slice(at + 1).toLowerCase()
  const reason = splitComplaint(address, at) ?? localComplaint(local) ?? domainComplaint(domain, reserved)
  if (reason === undefined) return `${local}@${domain}`
  return customVerdict('value_error', `value is not a valid email address: ${reason}`, { reason })
}

/** `Name <user@example.com>` counts for its address. */
function addressIn(text: string): string {
  return (/^\s*(?:[\w!#$%&'*+\-/=?^`{|}~\s]*|"[^"]+"\s*)<\s*(.+)\s*>\s*$/.exec(text)?.[1] ?? text).trim()
}

/** In the words of the `email_validator` package, which does the reading for pydantic. */
function splitComplaint(address: string, at: number): string | undefined {
  if (/^"[^"]*"@/.test(address)) return 'Quoting the part before the @-sign is not allowed here.'
  if (at < 0 || address.slice(0, at).includes('"')) return 'An email address must have an @-sign.'
  if (address[at] === '@') return undefined
  return 'An open angle bracket at the start of the email address has to be followed by a close angle bracket at the end.'
}

const LOCAL_STRANGER = /[^A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.\u0080-\u{10FFFF}]/gu
const DOMAIN_STRANGER = /[^A-Za-z0-9\-.\u0080-\u{10FFFF}]/gu

function localComplaint(local: string): string | undefined {
  if (local === '') return 'There must be something before the @-sign.'
  const strangers = listed(local, LOCAL_STRANGER)
  if (strangers !== '') return `The email address contains invalid characters before the @-sign: ${strangers}.`
  if (local.startsWith('.')) return 'An email address cannot start with a period.'
  if (local.endsWith('.')) return 'An email address cannot have a period immediately before the @-sign.'
  if (local.includes('..')) return 'An email address cannot have two periods in a row.'
  return undefined
}

function domainComplaint(domain: string, reserved: boolean): string | undefined {
  if (domain === '') return 'There must be something after the @-sign.'
  if (domain.startsWith('[')) return 'A bracketed IP address after the @-sign is not allowed here.'
  const strangers = listed(domain, DOMAIN_STRANGER)
  if (strangers !== '') return `The part after the @-sign contains invalid characters: ${strangers}.`
  return placing(domain) ?? naming(domain, reserved)
}

function placing(domain: string): string | undefined {
  if (domain.startsWith('.')) return 'An email address cannot have a period immediately after the @-sign.'
  if (domain.endsWith('.')) return 'An email address cannot end with a period.'
  if (domain.startsWith('-')) return 'An email address cannot have a hyphen immediately after the @-sign.'
  if (domain.endsWith('-')) return 'An email address cannot end with a hyphen.'
  if (domain.includes('..')) return 'An email address cannot have two periods in a row.'
  if (/\.-|-\./.test(domain)) return 'An email address cannot have a period and a hyphen next to each other.'
  return undefined
}

/** Names that `email_validator` refuses because no mail can ever go there. */
const SPECIAL = ['arpa', 'invalid', 'local', 'localhost', 'onion', 'test']

function naming(domain: string, reserved: boolean): string | undefined {
  if (!domain.includes('.')) return 'The part after the @-sign is not valid. It should have a period.'
  if (!reserved && SPECIAL.some((name) => domain.endsWith(`.${name}`))) {
    return 'The part after the @-sign is a special-use or reserved name that cannot be used with email.'
  }
  if (!/[A-Za-z\u0080-\u{10FFFF}]$/u.test(domain)) return 'The part after the @-sign is not valid. It is not within a valid top-level domain.'
  return undefined
}

/** Each stranger once, in order of its code, as `email_validator` lists them. */
function listed(text: string, strangers: RegExp): string {
  return [...new Set(text.match(strangers) ?? [])].sort().map(shown).join(', ')
}

function shown(character: string): string {
  if (character === ' ') return 'SPACE'
  if (character === '\\') return `"${character}"`
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `'${character}'` : `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}
