import { assignmentsIn } from './assignments.ts'
import { elementsIn } from './elements.ts'
import { emailsIn } from './emails.ts'
import { type Finder, type Found, matchesOf, matching } from './found.ts'
import { jwtsIn } from './jwts.ts'
import { numbersIn } from './numbers.ts'
import { isPseudonym, type Kind, PSEUDONYMS } from './pseudonym.ts'

/** Everything in a text that looks like a secret or like somebody's own data, in the order in which it stands. Pseudonyms are left alone. */
export function detect(text: string, name?: string): Found[] {
  if (text.length < 6 || !WORTH.test(text)) return NONE
  return claim(text, name, FINDERS)
}

/** What a whole value is, where it is nothing but that. */
export function kindOf(value: string): Kind {
  if (UUID_WHOLE.test(value)) return 'uuid'
  const whole = claim(value, undefined, VALUES).find(({ start, end }) => start === 0 && end === value.length)
  if (whole !== undefined) return whole.kind
  return /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s]+$/i.test(value) ? 'secret-url' : 'secret'
}

const NONE: Found[] = []
/** Nothing is found in a text without any of these. */
const WORTH = /[\d@=:]|-----|bearer |basic /i
const UUID_WHOLE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function claim(text: string, name: string | undefined, finders: readonly Finder[]): Found[] {
  const found: Found[] = []
  let taken: Uint8Array | undefined
  const take = (start: number, end: number): boolean => {
    taken ??= new Uint8Array(text.length)
    for (let at = start; at < end; at += 1) if (taken[at] === 1) return false
    taken.fill(1, start, end)
    return true
  }
  for (const { index, 0: it } of matchesOf(PSEUDONYMS, text)) take(index, index + it.length)
  for (const { index, 0: it } of matchesOf(UUIDS, text)) take(index, index + it.length)
  for (const find of finders) for (const one of find(text, name)) if (take(one.start, one.end)) found.push(one)
  return found.sort((one, other) => one.start - other.start)
}

/** No secrets by themselves, but full of digits. */
const UUIDS = /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/gi

const PEM = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g

/** `scheme://user:password@`, also where the password has a slash in it. A port is no password. */
const USERINFO = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}:\/\/(?<it>[^\s/?#"'<>\\]{1,1024}|[^\s/?#"'<>\\@:]{0,256}:(?!\d{1,5}\/)[^\s"'<>\\@]{1,256})(?=@)/dgi

const AWS_SECRET = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g

/** Forty characters may be a path or a hash as well. */
function isAwsSecret(text: string): boolean {
  const times = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  return times(/[A-Z]/g) >= 4 && times(/[a-z]/g) >= 4 && times(/\d/g) >= 2 && times(/\//g) <= 4 && new Set(text).size >= 20
}

/** Prose says `Bearer token required`. */
const isBearer = (text: string): boolean => !isPseudonym(text) && (/\d/.test(text) || text.length >= 20) && !/^\w+=$/.test(text)

const isBasic = (text: string): boolean =>
  !isPseudonym(text) && /^[\x20-\x7e\u00a0-\uffff]*:[\x20-\x7e\u00a0-\uffff]*$/.test(Buffer.from(text, 'base64').toString('utf8'))

const edge = (pattern: string, flags = 'g'): RegExp => new RegExp(`(?<![A-Za-z0-9])(?:${pattern})(?![A-Za-z0-9])`, flags)

const VALUES: readonly Finder[] = [
  matching('private-key', PEM),
  jwtsIn,
  matching('aws-key', edge('(?:AKIA|ASIA|AROA|AIDA|AGPA|AIPA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{16}')),
  matching('google-key', edge('AIza[\\w-]{35}|ya29\\.[\\w-]{20,512}|GOCSPX-[\\w-]{28}|1//0[\\w-]{40,200}')),
  matching('azure-key', /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g),
  matching('github-token', edge('gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\\w{40,255}')),
  matching('gitlab-token', edge('gl(?:pat|ptt|dt|rt|cbt|soat|ft)-[\\w.-]{19,64}\\w')),
  matching('slack-token', edge('xox[a-z]-[\\w-]{9,255}\\w|xapp-[\\w-]{9,255}\\w')),
  matching('slack-token', /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/]{20,128}/g),
  matching('stripe-key', edge('(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,255}|whsec_[A-Za-z0-9+/=]{20,255}')),
  matching('twilio-key', edge('(?:SK|AC)[0-9a-f]{32}')),
  matching('sendgrid-key', edge('SG\\.[\\w-]{16,64}\\.[\\w-]{16,64}')),
  matching('telegram-token', /(?<!\d)\d{8,10}:[\w-]{35}(?![\w-])/g),
  matching(
    'vendor-key',
    edge(
      'sk-(?:ant-|proj-)?[\\w-]{20,255}|npm_[A-Za-z0-9]{36}|rzp_(?:live|test)_[A-Za-z0-9]{14}|dop_v1_[0-9a-f]{64}|hvs\\.[\\w-]{20,255}|shp(?:at|ss|ca)_[0-9a-fA-F]{32}|pypi-[\\w-]{50,255}',
    ),
  ),
  emailsIn,
  matching('phone', /^\+[1-9]\d{7,14}$/g),
  matching('pan', edge('[A-Z]{3}[ABCFGHLJPT][A-Z]\\d{4}[A-Z]')),
  matching('aws-key', AWS_SECRET, isAwsSecret),
]

const [pem, ...others] = VALUES as [Finder, ...Finder[]]

const FINDERS: readonly Finder[] = [
  pem,
  matching('url-password', USERINFO),
  elementsIn,
  assignmentsIn,
  ...others,
  matching('basic', /\bbasic +(?<it>[A-Za-z0-9+/]{4,4096}={0,2})(?![A-Za-z0-9+/=])/dgi, isBasic),
  matching('secret', /\bbearer +(?<it>[\w.~+/-]{8,8192}={0,2})/dgi, isBearer),
  numbersIn,
]
