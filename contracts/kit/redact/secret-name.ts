/**
 * What a name says about the value under it. `secret`: the value is one, whatever it looks like. `perhaps`: it is one if it looks like chance.
 * `code`: short and secret, even as a number. The others say which kind of number stands there.
 */
export type NameVerdict = 'secret' | 'perhaps' | 'code' | 'phone' | 'card' | 'aadhaar' | 'pan' | undefined

/** Judges the name of a header, a query parameter, a form field, a member, an element or a cookie. */
export function judgeName(name: string): NameVerdict {
  if (name.length > 128) return undefined
  const known = verdicts.get(name)
  if (known !== undefined || verdicts.has(name)) return known
  if (verdicts.size >= 5000) verdicts.clear()
  const verdict = judge(wordsOf(name))
  verdicts.set(name, verdict)
  return verdict
}

const verdicts = new Map<string, NameVerdict>()

/** `X-Amz-Signature`, `accessToken` and `API_KEY` alike as words, with a space at either end. */
function wordsOf(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  return ` ${words.filter(Boolean).join(' ')} `
}

function judge(words: string): NameVerdict {
  if (HARMLESS.test(words)) return undefined
  if (CODE.test(words)) return 'code'
  if (SECRET.test(words)) return ABOUT.test(words) && !SECRET_ID.test(words) ? undefined : 'secret'
  if (PHONE.test(words)) return 'phone'
  if (/ (?:credit|debit|card)(?: card)?(?: (?:number|no|num|pan))? $| cardnumber | ccnum /.test(words)) return 'card'
  if (/ (?:aadhaar|aadhar|adhaar|uidai)(?: (?:number|no|num|id))? $/.test(words)) return 'aadhaar'
  if (/ pan(?: (?:number|no|num|card))? $/.test(words)) return 'pan'
  return PERHAPS.test(words) ? 'perhaps' : undefined
}

const SECRET = new RegExp(
  [
    ' (?:\\w*secrets?|\\w*passwords?|\\w*passwd|pwd|passphrase|passcode|\\w*tokens?|apikeys?|authkey|credentials?|authorization|signatures?|jwts?|bearer|cookies?|assertion) ',
    ' (?:api|access|secret|private|signing|encryption|master|shared|account|service|auth|license|client|session|storage|webhook) keys? ',
    ' (?:session|sess|sid|jsessionid|phpsessid|sessionid)(?: (?:id|key|hash))? $',
    ' (?:db|smtp|user|mail|ftp|proxy|redis|admin|http) pass ',
    ' (?:code verifier|sig|pgpassword|mysql pwd|connection string|accesskey|secretkey|privatekey|aws access key id|awsaccess key id|awsaccesskeyid) ',
    ' password hash ',
    ' (?:csrf|xsrf) ',
  ].join('|'),
)

/** Words after which a name no longer means the secret, but something about it. */
const ABOUT = new RegExp(
  ` (?:${[
    'type|types|name|names|expiry|expires|expiration|expired|expire|at|in|on|ttl|age|id|ids|prefix|policy|version|format|algorithm|alg|method|scheme|enabled',
    'required|uri|endpoint|description|provider|issuer|audience|scope|scopes|hint|field|label|title|kind|tier|unit|status|state|valid|present|set|missing',
    'count|counts|used|limit|limits|usage|budget|length|size|total|remaining|reset|strength|rotation|rotated|start|end|date|time|source|reason|error|consent|manager',
  ].join('|')}) $`,
)

/** Whoever knows one of these is let in. */
const SECRET_ID = / (?:secret|session|sess|access key) id $/

const HARMLESS = new RegExp(
  [
    // Addresses of instruments and of pages, and sessions of a market.
    ' (?:instrument|exchange|symbol|scrip|page|paging|pagination|continuation|cursor|sync|next) tokens? $',
    ' (?:total|max|min|used|num|remaining|limit|prompt|completion|input|output|cached|reasoning) tokens $',
    ' (?:market|trading|auction|opening|closing) session $',
    // What a handshake and a challenge say in the open.
    ' sec websocket (?:key|accept|version|extensions) ',
    ' public keys? ',
    ' (?:idempotency|instrument|cache|partition|routing|sort|primary|foreign) keys? $',
    ' pin ?codes? ',
  ].join('|'),
)

const CODE =
  / (?:otp|totp|mpin|pin|cvv2?|cvc2?|tpin|upi pin|security code|verification code|mfa code|auth code|authorization code|otp code|recovery codes?|backup codes?) $/

const PHONE = / (?:\w*phones?|mobiles?|msisdn|whatsapp|telephone|cell|sms to|contact)(?: (?:number|numbers|no|num|e164))? $/

const PERHAPS = / (?:key|keys|auth|code|nonce|ticket|state|webhook|hmac|checksum key|d|p|q|dp|dq|qi|k|value|hash key|pass|reset|verify|invite) $/

/** Numbers that name a thing: an order, a trade, a message. Ten or twelve digits of theirs are no telephone. */
export function namesThing(name: string | undefined): boolean {
  if (name === undefined || !/^[\w.-]{1,64}$/.test(name)) return false
  const known = things.get(name)
  if (known !== undefined) return known
  if (things.size >= 5000) things.clear()
  const thing = THING.test(wordsOf(name))
  things.set(name, thing)
  return thing
}

const things = new Map<string, boolean>()

const THING =
  / (?:orders?|trades?|signals?|instruments?|exchange|txn|transactions?|requests?|correlation|trace|span|products?|alerts?|messages?|subscriptions?|watermarks?|scrip|symbol|tick|batch|job|event|seq|sequence|ref|reference|volume|quantity|qty|price|amount|value|turnover|oi|open interest|timestamp|ts|time)(?: (?:id|ids|no|number|num|ref|token|key))? $/
