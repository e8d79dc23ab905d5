import { detect } from '../redact/detect.ts'
import type { Kind } from '../redact/pseudonym.ts'
import { isUnfilled } from './unfilled.ts'

/** Somebody's own, but it opens no door; and it is often what is wrong. */
const PLAIN: ReadonlySet<Kind> = new Set(['uuid', 'email', 'phone', 'card', 'pan', 'aadhaar', 'number'])

/** Text of a client with `instead` in place of what looks like a secret: behind a secret's name, in a URL, or a token by its form. */
export function withoutSecrets(text: string, instead = '…'): string {
  let from = 0
  let clean = ''
  for (const { kind, start, end } of detect(text)) {
    if (PLAIN.has(kind) || isUnfilled(text.slice(start, end))) continue
    clean += text.slice(from, start) + instead
    from = end
  }
  return clean + text.slice(from)
}
