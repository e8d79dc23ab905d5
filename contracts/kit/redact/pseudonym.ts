import { createHmac } from 'node:crypto'
import { passesLuhn, passesVerhoeff } from './checksum.ts'

/** Every sort of value that is replaced. Which one a value is follows from the value alone, so that it gets one pseudonym wherever it stands. */
export const KINDS = [
  'secret',
  'jwt',
  'uuid',
  'basic',
  'private-key',
  'url-password',
  'secret-url',
  'aws-key',
  'google-key',
  'azure-key',
  'github-token',
  'gitlab-token',
  'slack-token',
  'stripe-key',
  'twilio-key',
  'sendgrid-key',
  'telegram-token',
  'vendor-key',
  'email',
  'phone',
  'card',
  'pan',
  'aadhaar',
  'number',
] as const

export type Kind = (typeof KINDS)[number]

export interface Pseudonyms {
  /** Tells keys apart and gives none away. */
  readonly keyed: string
  /** What stands for the value from now on: always the same for the same value and key. */
  of(kind: Kind, value: string): string
  /** 16 hexadecimal digits. */
  digest(kind: Kind, value: string): string
}

/**
 * Names for values that must not be kept (HMAC-SHA-256 of kind and value). Each keeps the form of what it stands for, so that contracts hold, and can be
 * told from anything real, so that it is never replaced again.
 */
export function createPseudonyms(key: string | Uint8Array): Pseudonyms {
  const hash = (text: string) => createHmac('sha256', key).update(text).digest('hex')
  const known = new Map<string, string>()
  const digests = new Map<string, string>()
  const digest = (kind: Kind, value: string) => {
    const id = `${kind}\0${canonical(kind, value)}`
    const made = digests.get(id) ?? hash(id).slice(0, 16)
    if (digests.size >= 20_000) digests.clear()
    digests.set(id, made)
    return made
  }

  return {
    keyed: hash('fingerprint\0').slice(0, 16),
    digest,
    of(kind, value) {
      const id = `${kind}\0${value}`
      const made = known.get(id) ?? (FORMS[kind] ?? named(kind))(value, digest(kind, value), digest)
      if (known.size >= 20_000) known.clear()
      known.set(id, made)
      return made
    },
  }
}

/** However somebody writes a number or an address, it is the same one. */
function canonical(kind: Kind, value: string): string {
  if (kind === 'email') return value.toLowerCase()
  if (kind === 'pan') return value.toUpperCase()
  if (kind === 'uuid') return value.toLowerCase()
  if (kind === 'card' || kind === 'aadhaar') return value.replaceAll(/\D/g, '')
  if (kind === 'phone') return value.replaceAll(/\D/g, '').replace(/^(?:0{0,2}91|0)?(?=[6-9]\d{9}$)/, '91')
  return value
}

type Form = (value: string, digest: string, digestOf: Pseudonyms['digest']) => string

/** A capital, small letters and a digit: what stands for a password should be let through wherever a password was. */
const named =
  (kind: Kind): Form =>
  (_, digest) =>
    `Redacted_${kind}_${digest}`

const base64url = (text: string): string => Buffer.from(text).toString('base64url')
const JWT_HEAD = base64url('{"alg":"none","typ":"JWT"}')

const FORMS: Partial<Record<Kind, Form>> = {
  jwt: (_, digest) => `${JWT_HEAD}.${base64url(`{"redacted":"${digest}"}`)}.redacted`,
  /** Keeps version and variant: some schemas insist on them. */
  uuid: (value, digest) =>
    `0edac7ed-${digest.slice(0, 4)}-${value[14]}${digest.slice(4, 7)}-${value[19]?.toLowerCase()}${digest.slice(7, 10)}-${digest.slice(10)}000000`,
  basic(value, _, digestOf) {
    const [name = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':')
    return Buffer.from(`Redacted_secret_${digestOf('secret', name)}:Redacted_secret_${digestOf('secret', password.join(':'))}`).toString('base64')
  },
  'private-key'(value, digest) {
    const label = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(value)?.[1] ?? 'PRIVATE KEY'
    const line = value.includes('\n') ? '\n' : value.includes('\\n') ? '\\n' : ' '
    return [`-----BEGIN ${label}-----`, Buffer.from(`redacted ${digest}`).toString('base64'), `-----END ${label}-----`].join(line)
  },
  /** The userinfo alone, up to the @; the password is named as it would be anywhere else. */
  'url-password'(value, _, digestOf) {
    const colon = value.indexOf(':')
    const secret = digestOf('secret', unescaped(value.slice(colon + 1)))
    return colon < 0 ? `redacted-${secret}` : `redacted:redacted-${secret}`
  },
  'secret-url': (value, digest) => `${/^[a-z][a-z0-9+.-]*/i.exec(value)?.[0] ?? 'https'}://redacted.example/Redacted_secret_${digest}`,
  email: (_, digest) => `p-${digest}@redacted.example`,
  phone: (_, digest) => `+999${digits(digest, 9)}`,
  card: (value, digest) => spread(value, unless(passesLuhn, `01${digits(digest, 17)}`.slice(0, canonical('card', value).length))),
  aadhaar: (value, digest) => spread(value, unless(passesVerhoeff, `01${digits(digest, 10)}`)),
  pan: (_, digest) => `ZZZZ${letter(digest, 0)}${digits(digest, 4)}${letter(digest, 4)}`,
  number: (value, digest) => numberOf(value, digest),
}

/** How it looked before somebody escaped it for a URL. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Decimal digits out of hexadecimal ones. */
const digits = (digest: string, count: number): string => (BigInt(`0x${digest}`) % 10n ** BigInt(count)).toString().padStart(count, '0')

const letter = (digest: string, at: number): string => String.fromCharCode(65 + (Number.parseInt(digest.slice(at, at + 4), 16) % 26))

/** The same digits with another last one, where a check holds that must not. */
const unless = (holds: (digits: string) => boolean, made: string): string => (holds(made) ? made.slice(0, -1) + ((Number(made.at(-1)) + 1) % 10) : made)

/** Digits in the grouping of the value that they stand for. */
function spread(value: string, made: string): string {
  let at = 0
  return value.replace(/\d/g, () => made[at++] ?? '0')
}

/**
 * A number has nothing by which it could be told from a real one, so that short ones all become the same. Long ones begin in a way of their own.
 * Sign and decimal point stay.
 */
function numberOf(value: string, digest: string): string {
  const { length } = value.replaceAll(/\D/g, '')
  return spread(value.replace(/[eE].*$/, ''), length < 12 ? '9'.repeat(length) : `${LONG_NUMBER}${digits(digest, 12).padEnd(length, '0')}`.slice(0, length))
}

const LONG_NUMBER = '90009000'

const DIGEST = '[0-9a-f]{16}'
const PSEUDONYM = [
  `Redacted_[a-z-]{2,20}_${DIGEST}`,
  `p-${DIGEST}@redacted\\.example`,
  `${JWT_HEAD}\\.eyJyZWRhY3RlZCI6I[\\w-]{25}\\.redacted`,
  '0edac7ed-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{6}000000',
  `redacted:redacted-${DIGEST}(?=@)`,
  `(?<=://)redacted-${DIGEST}(?=@)`,
  '\\+999\\d{9}(?!\\d)',
  '(?<![A-Za-z0-9])ZZZZ[A-Z]\\d{4}[A-Z](?![A-Za-z0-9])',
  '-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----\\s{0,2}(?:\\\\n)?cmVkYWN0ZWQg[A-Za-z0-9+/=]{20,24}\\s{0,2}(?:\\\\n)?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----',
].join('|')

/** Finds pseudonyms, whichever key made them. */
export const PSEUDONYMS = new RegExp(PSEUDONYM, 'g')

const WHOLE = new RegExp(`^(?:${PSEUDONYM}|redacted:redacted-${DIGEST}|[a-z][a-z0-9+.-]*://redacted\\.example/Redacted_secret_${DIGEST})$`, 'i')

/** Whether there is nothing left in a value to replace. */
export const isPseudonym = (value: string): boolean => WHOLE.test(value) || isBasic(value)

const isBasic = (value: string): boolean => /^[\w+/=-]{88}$/.test(value) && WHOLE_BASIC.test(Buffer.from(value, 'base64').toString('latin1'))
const WHOLE_BASIC = new RegExp(`^Redacted_secret_${DIGEST}:Redacted_secret_${DIGEST}$`)

/** Whether a number stands for one already. */
export const isPseudonymOfNumber = (value: string): boolean => {
  const plain = value.replaceAll(/\D/g, '')
  return /^9{1,11}$/.test(plain) || (plain.length >= 12 && plain.startsWith(LONG_NUMBER))
}
