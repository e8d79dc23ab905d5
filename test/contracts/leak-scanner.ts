/** Something in a recording that should not be there. */
export interface Leak {
  what: string
  where: string
  text: string
}

/**
 * Reads a recording as somebody would who wants its secrets: it undoes every encoding it can and looks for given values in any spelling, then for whatever
 * looks like a secret. It shares no code with the redactor, on purpose: what one of the two does not know, the other may.
 */
export function leaksIn(har: string, planted: readonly string[] = []): Leak[] {
  const leaks: Leak[] = []
  const seen = new Set<string>()
  const known = planted.map((value) => ({ value, spellings: spellingsOf(value) }))
  const raw = har.toLowerCase()
  for (const { value, spellings } of known)
    if (spellings.some((spelling) => raw.includes(spelling))) leaks.push({ what: 'planted', where: 'the file', text: value })
  for (const { text, where, name } of leavesOf(JSON.parse(har), '')) {
    if (name !== undefined && GUARDED.test(name) && !OPEN.test(name) && !isHarmless(text)) leaks.push({ what: 'guarded name', where, text })
    for (const view of viewsOf(text, 0)) {
      if (seen.has(view)) continue
      seen.add(view)
      const folded = view.toLowerCase()
      const squeezed = folded.replaceAll(/[\s()+.-]/g, '')
      for (const { value, spellings } of known) {
        const bare = value.toLowerCase().replaceAll(/[\s()+.-]/g, '')
        if (spellings.some((spelling) => folded.includes(spelling)) || (bare.length >= 6 && squeezed.includes(bare)))
          leaks.push({ what: 'planted', where, text: value })
      }
      for (const what of looksOf(view)) leaks.push({ what, where, text: view.slice(0, 120) })
    }
  }
  return leaks
}

interface Leaf {
  text: string
  where: string
  /** Of the header, cookie, parameter or member. */
  name?: string | undefined
}

function* leavesOf(value: unknown, where: string, name?: string): Generator<Leaf> {
  if (typeof value === 'string' || typeof value === 'number') yield { text: String(value), where, name: typeof value === 'string' ? name : undefined }
  else if (Array.isArray(value)) for (const [at, item] of value.entries()) yield* leavesOf(item, `${where}/${at}`, name)
  else if (typeof value === 'object' && value !== null) {
    const { name: title, encoding, _encoding = encoding } = value as Readonly<Record<string, unknown>>
    for (const [key, member] of Object.entries(value)) {
      // Bytes that are no text.
      if (key === 'text' && _encoding === 'base64') {
        yield { text: Buffer.from(String(member), 'base64').toString('latin1'), where: `${where}/text` }
        continue
      }
      yield { text: key, where: `${where} (key)` }
      yield* leavesOf(member, `${where}/${key}`, key === 'value' && typeof title === 'string' ? title : key)
    }
  }
}

/** The text itself and everything that it says in another encoding. */
function* viewsOf(text: string, depth: number): Generator<string> {
  yield text
  if (depth > 4 || text.length < 4) return
  const others = new Set<string>()
  // Text in UTF-16.
  if (text.includes('\0')) others.add(text.replaceAll('\0', ''))
  if (text.includes('%')) others.add(text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8')))
  if (text.includes('\\')) others.add(text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\\n/g, '\n'))
  if (text.includes('&'))
    others.add(text.replace(/&#(x?)([0-9a-fA-F]+);/g, (_, hex, code) => String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10) % 0x110000)))
  for (const [word] of text.matchAll(/[A-Za-z0-9+/_=-]{8,}/g)) {
    const decoded = Buffer.from(word, 'base64').toString('utf8')
    if (/^[\t\n\r\x20-\x7e\u00a0-\ud7ff]+$/.test(decoded)) others.add(decoded)
  }
  if (/^\s*[[{"]/.test(text)) for (const leaf of jsonLeaves(text)) others.add(leaf)
  for (const other of others) if (other !== text) yield* viewsOf(other, depth + 1)
}

function jsonLeaves(text: string): string[] {
  try {
    return [...leavesOf(JSON.parse(text), '')].map((leaf) => leaf.text)
  } catch {
    return []
  }
}

/** All in lower case, as is what they are looked for in. */
function spellingsOf(value: string): string[] {
  const bytes = Buffer.from(value)
  const base64 = [0, 1, 2].map((shift) => {
    const coded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '')
    return coded.slice(shift === 0 ? 0 : shift + 1, coded.length - 2)
  })
  const escaped = [...value].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const long = base64.filter((coded) => coded.length >= 10)
  const all = [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('hex'),
    escaped,
    percent,
    ...long,
    ...long.map((coded) => coded.replaceAll('+', '-').replaceAll('/', '_')),
  ]
  return [...new Set(all.map((spelling) => spelling.toLowerCase()))]
}

const GUARDED =
  /^(?:authorization|proxy-authorization|x-api-key|x-internal-api-key|x-gateway-secret|x-service-token|.*(?:password|passwd|api_?key|access_?token|refresh_?token|client_?secret|cvv|otp|jwt))$/i
const OPEN = /instrument|enabled|tokens?_(?:used|type)/i

const isHarmless = (text: string): boolean =>
  /^"*$/.test(text) || /redacted|eyJyZWRhY3RlZ|[cU]mVkYWN0ZWR|0edac7ed|^\+999|^ZZZZ|^[\d*•]+$|^(?:true|false|null|none)$/i.test(text)

/** What a text looks like, for each way in which it looks bad. */
function* looksOf(text: string): Generator<string> {
  for (const word of text.split(/[\s"'<>,;()[\]{}|]+/)) {
    if (word.length < 6) continue
    if (isToken(word)) yield 'a signed token'
    if (isUserinfo(word)) yield 'a password in a URL'
    if (isAddress(word)) yield 'an e-mail address'
    if (VENDOR.test(word)) yield 'a key of a known vendor'
    if (/(?:^|[^A-Za-z0-9])(?!ZZZZ)[A-Z]{3}[ABCFGHLJPT][A-Z][0-9]{4}[A-Z](?:$|[^A-Za-z0-9])/.test(word)) yield 'a PAN'
    if (/^\+(?!999)[1-9]\d{9,14}$/.test(word)) yield 'a telephone number'
    if (isRandom(word)) yield 'chance'
  }
  if (
    /PRIVATE KEY[^-]*-----(?![\s\\n]*cmVkYWN0ZWQg)/.test(text) &&
    !/-----END[^-]*PRIVATE KEY[^-]*-----\s*$/.test(text.split('PRIVATE KEY')[0] ?? '') &&
    text.includes('BEGIN')
  ) {
    if (!/BEGIN[^-]*-----[\s\\n]*cmVkYWN0ZWQg/.test(text)) yield 'a private key'
  }
  const lone = text.replaceAll(/(?<=\d)[ -](?=\d)/g, '')
  for (const [number] of lone.matchAll(/(?<![\w.+-])\d{12,19}(?![\w.])/g)) {
    if (/^(?:4|5[1-5]|3[47]|6)/.test(number) && number.length >= 15 && luhn(number)) yield 'a card'
    if (number.length === 12 && /^[3-8]/.test(number) && verhoeff(number)) yield 'an Aadhaar number'
  }
}

function isToken(word: string): boolean {
  const [head = '', claims] = word.slice(Math.max(0, word.indexOf('ey'))).split('.')
  if (!head.startsWith('ey') || claims === undefined) return false
  try {
    const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as { alg?: unknown }
    return typeof alg === 'string' && alg !== 'none'
  } catch {
    return false
  }
}

function isUserinfo(word: string): boolean {
  if (!word.includes('://') || !URL.canParse(word)) return false
  const { username, password } = new URL(word)
  return (password !== '' && !password.startsWith('redacted-')) || (username !== '' && !/^redacted/i.test(username))
}

function isAddress(word: string): boolean {
  const at = word.indexOf('@')
  const domain = word.slice(at + 1)
  return (
    at > 0 &&
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:$|[^a-z0-9@])/i.test(domain) &&
    !/^redacted\.example(?:$|[^a-z])/.test(domain) &&
    !word.slice(0, at).toLowerCase().includes('redacted')
  )
}

const VENDOR = new RegExp(
  [
    'A[KS]IA[0-9A-Z]{12}',
    'AIza[0-9A-Za-z]{10}',
    'gh[opsu]_[0-9A-Za-z]{20}',
    'glpat-.{10}',
    'xox[bp]-.{8}',
    '[srp]k_live_.{8}',
    'SG\\..{12}',
    'AccountKey=(?![Rr]edacted).{20}',
    'ya29\\..{10}',
    '\\d{8}:AA.{20}',
  ].join('|'),
)

function isRandom(word: string): boolean {
  // So long is the modulus of a public key, of which private ones are caught by their envelope.
  if (word.length > 340) return false
  if (word.length < 32 || !/^[\w+/=-]+$/.test(word) || isHarmless(word) || /redacted/i.test(Buffer.from(word, 'base64').toString('latin1'))) return false
  // What it says was looked at by itself.
  if (/^[\t\n\r\x20-\x7e]+$/.test(Buffer.from(word, 'base64').toString('latin1'))) return false
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word) || (word.match(/\d/g)?.length ?? 0) < 3) return false
  const shares = [...new Set(word)].map((character) => word.split(character).length - 1).map((count) => count / word.length)
  return shares.reduce((bits, share) => bits - share * Math.log2(share), 0) > 4.4
}

const luhn = (number: string): boolean =>
  [...number].reverse().reduce((sum, digit, at) => sum + (at % 2 === 0 ? Number(digit) : ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0)), 0) % 10 === 0

/** With the tables of its inventor. */
function verhoeff(number: string): boolean {
  const product = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678', '5987604321', '6598710432', '7659821043', '8765932104', '9876543210']
  const turned = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258']
  let check = 0
  for (const [at, digit] of [...number].reverse().entries()) check = Number(product[check]?.[Number(turned[at % 8]?.[Number(digit)])])
  return check === 0
}
