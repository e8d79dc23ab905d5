import { isChance } from './chance.ts'
import type { Found } from './found.ts'
import { judgeName } from './secret-name.ts'

/** `password=…`, `"token": "…"`, `api_key: …`: values beside secret names in text of any language. Anchored on the sign between them. */
export function* assignmentsIn(text: string): Generator<Found> {
  const signs = new RegExp(SIGN)
  for (let sign = signs.exec(text); sign !== null; sign = signs.exec(text)) {
    const verdict = judgeName(nameBefore(text, sign.index))
    if (verdict !== 'secret' && verdict !== 'code' && verdict !== 'perhaps') continue
    const value = valueAt(text, signs.lastIndex, verdict === 'perhaps')
    if (value === undefined || !tells(verdict, value.text, sign[0].includes('=') || value.quoted)) continue
    yield { kind: 'secret', start: value.start, end: value.end }
    signs.lastIndex = value.end
  }
}

const SIGN = /\s{0,8}(?:=>?|:)\s{0,8}/g
const QUOTED = /\\?"(?<it>[^"\\]*(?:\\[^"][^"\\]*)*)|'(?<single>[^'\n]+)/dy
const BARE = /[^\s"'&,;<>(){}[\]|\\]+/y
/** What goes on with an escape is looked at without it. */
const SHORT = /[\w+/.~-]+={0,2}(?![\w+/.~%-])/y

function valueAt(text: string, at: number, short: boolean): { text: string; start: number; end: number; quoted: boolean } | undefined {
  QUOTED.lastIndex = at
  const groups = QUOTED.exec(text)?.indices?.groups
  const [from, to] = groups?.it ?? groups?.single ?? []
  if (from !== undefined && to !== undefined) return { text: text.slice(from, to), start: from, end: to, quoted: true }
  const bare = short ? SHORT : BARE
  bare.lastIndex = at
  const it = bare.exec(text)?.[0]
  return it === undefined ? undefined : { text: it, start: at, end: at + it.length, quoted: false }
}

function nameBefore(text: string, end: number): string {
  let to = end
  if (/["'\]]/.test(text[to - 1] ?? '')) to -= text[to - 2] === '\\' ? 2 : 1
  let from = to
  while (from > 0 && to - from < 64 && /[\w.-]/.test(text[from - 1] as string)) from -= 1
  return text.slice(from, to)
}

/** Prose has colons, too: behind one, only what looks like chance counts. */
function tells(verdict: 'secret' | 'code' | 'perhaps', value: string, sure: boolean): boolean {
  if (/^(?:bearer|basic|digest|token|true|false|null|none|yes|no)$/i.test(value)) return false
  if (verdict === 'secret') return sure || isChance(value, 10)
  if (verdict === 'code') return sure || /^\d{3,8}$/.test(value)
  return isChance(value, 16)
}
