import { isChance } from './chance.ts'
import type { Found } from './found.ts'
import { judgeName } from './secret-name.ts'

/** `<password>…</password>`: the text of elements with secret names, in XML and HTML. */
export function* elementsIn(text: string): Generator<Found> {
  if (!text.includes('</')) return
  for (const match of text.matchAll(ELEMENT)) {
    const { name = '', it = '' } = match.groups ?? {}
    const start = match.indices?.groups?.it?.[0] ?? 0
    const verdict = judgeName(name.replace(/^.*:/, ''))
    const value = it.trim()
    if (value === '') continue
    if (verdict === 'secret' || verdict === 'code' || (verdict === 'perhaps' && isChance(value, 16))) {
      const from = start + it.indexOf(value)
      yield { kind: 'secret', start: from, end: from + value.length }
    }
  }
}

const ELEMENT = /<(?<name>[A-Za-z][\w:.-]{0,63})(?:\s[^<>]{0,1000})?>\s{0,64}(?:<!\[CDATA\[)?(?<it>[^<\]]+)/dg
