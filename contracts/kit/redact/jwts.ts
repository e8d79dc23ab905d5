import { type Found, matchesOf } from './found.ts'

/** Signed and encrypted tokens: parts with dots between, of which the first says `{"` in base64. */
export function* jwtsIn(text: string): Generator<Found> {
  if (!MARK.test(text)) return
  for (const { 0: run, index } of matchesOf(RUN, text)) {
    const parts = run.split('.')
    let start = index
    for (let at = 0; at < parts.length; at += 1) {
      const part = parts[at] as string
      const mark = part.search(MARK)
      const tail = parts.slice(at + 1, at + 5)
      if (mark >= 0 && part.length - mark >= 10 && (tail[0] ?? '').length >= 4) {
        const kept = tail.length >= 4 && MARK.test(tail[0] as string) ? tail.slice(0, 2) : tail
        const end = start + [part, ...kept].join('.').length
        yield { kind: 'jwt', start: start + mark, end: text[end - 1] === '.' && kept.length > 2 ? end - 1 : end }
        at += kept.length
        start = end + 1
      } else {
        start += part.length + 1
      }
    }
  }
}

/** Not `{16,}`: see {@link BASE64}. */
const RUN = /[\w.-]{15}[\w.-]+/g
const MARK = /eyJ|eyA|ewo/
