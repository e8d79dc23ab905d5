import type { Eraser } from './eraser.ts'
import { markOf, memberSchemas, type Schemas } from './marks.ts'
import { unescaped } from './pseudonym.ts'
import { step } from './tally.ts'

/** Rewrites `a=1&token=…`, of a URL or of a form; pairs that nothing happens to stay to the letter. */
export function redactQuery(query: string, eraser: Eraser, place: string, schemas: Schemas = []): string {
  return query
    .split('&')
    .map((pair) => redactPair(pair, eraser, place, schemas))
    .join('&')
}

function redactPair(pair: string, eraser: Eraser, place: string, schemas: Schemas): string {
  const sign = pair.indexOf('=')
  const rawName = sign < 0 ? pair : pair.slice(0, sign)
  const raw = sign < 0 ? '' : pair.slice(sign + 1)
  const name = unescaped(rawName.replaceAll('+', ' '))
  const madeName = eraser.text(name, { place: `${place} *` })
  const spot = { name, place: `${place} ${madeName === name ? step(name) : '*'}` }
  const mark = markOf(memberSchemas(schemas, name))
  const redact = (value: string) => (mark === true ? eraser.secret(value, spot) : mark === false ? eraser.text(value, spot) : eraser.named(value, spot))
  const made = rewritten(raw, redact)
  return (madeName === name ? rawName : encodeURIComponent(madeName)) + (sign < 0 ? '' : `=${made}`)
}

/** A plus is a space, except for those who send telephone numbers and base64 as they are. */
function rewritten(raw: string, redact: (value: string) => string): string {
  for (const value of new Set([unescaped(raw.replaceAll('+', ' ')), unescaped(raw)])) {
    const made = redact(value)
    if (made !== value) return encodeURIComponent(made)
  }
  return raw
}
