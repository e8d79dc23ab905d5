/** A text without its escapes, and where each of its characters stood. */
export interface Decoded {
  text: string
  /** One more than there are characters. */
  at: Uint32Array
}

export interface Encoding {
  present: RegExp
  decode(text: string): Decoded
  encode(text: string): string
}

/** Ways of writing a character that hide it from a pattern. */
export const ENCODINGS: readonly Encoding[] = [
  { present: /%[0-9a-f]{2}/i, decode: (text) => decodeRuns(text, /(?:%[0-9a-f]{2})+/gi, percentRun), encode: encodeURIComponent },
  {
    present: /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[/"nrt])/i,
    decode: (text) => decodeRuns(text, /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[/"nrt])/gi, (it) => [[backslashed(it), it.length]]),
    encode: (text) => JSON.stringify(text).slice(1, -1),
  },
  {
    present: /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|commat|period|quot|apos|lt|gt);/i,
    decode: (text) => decodeRuns(text, /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|commat|period|quot|apos|lt|gt);/gi, (it) => [[entity(it), it.length]]),
    encode: (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  },
]

type Pieces = [decoded: string, rawLength: number][]

function decodeRuns(text: string, runs: RegExp, pieces: (run: string) => Pieces): Decoded {
  const at: number[] = []
  let made = ''
  let done = 0
  const copy = (end: number) => {
    made += text.slice(done, end)
    for (; done < end; done += 1) at.push(done)
  }
  for (const { 0: run, index } of text.matchAll(runs)) {
    copy(index)
    for (const [decoded, length] of pieces(run)) {
      for (let unit = 0; unit < decoded.length; unit += 1) at.push(done)
      made += decoded
      done += length
    }
  }
  copy(text.length)
  at.push(text.length)
  return { text: made, at: Uint32Array.from(at) }
}

/** UTF-8 in escapes; bytes that are none stand for themselves. */
function percentRun(run: string): Pieces {
  const bytes = Buffer.from(run.replaceAll('%', ''), 'hex')
  const pieces: Pieces = []
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] as number
    const length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    const decoded = bytes.subarray(at, at + length).toString('utf8')
    const whole = at + length <= bytes.length && !decoded.includes('\uFFFD')
    pieces.push(whole ? [decoded, length * 3] : [String.fromCharCode(first), 3])
    at += whole ? length : 1
  }
  return pieces
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '/': '/' }

function backslashed(it: string): string {
  return SIMPLE[it[1] as string] ?? String.fromCharCode(Number.parseInt(it.slice(2), 16))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', commat: '@', period: '.', quot: '"', apos: "'", lt: '<', gt: '>' }

function entity(it: string): string {
  const name = it.slice(1, -1).toLowerCase()
  const point = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return ENTITIES[name] ?? (point <= 0x10ffff ? String.fromCodePoint(point) : it)
}
