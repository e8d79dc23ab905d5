import type { Found } from './found.ts'

/** E-mail addresses. From each @ outwards: a pattern that began at the name would look at long texts again and again. */
export function* emailsIn(text: string): Generator<Found> {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    DOMAIN.lastIndex = at + 1
    const domain = DOMAIN.exec(text)
    if (domain === null) continue
    let start = at
    while (start > 0 && at - start < 64 && LOCAL.test(text[start - 1] as string)) start -= 1
    while (start < at && /['.%*-]/.test(text[start] as string)) start += 1
    if (start < at) yield { kind: 'email', start, end: DOMAIN.lastIndex }
  }
}

const LOCAL = /[\p{L}\p{N}._%+'!*~-]/u
const DOMAIN = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}\p{L}[\p{L}-]{1,23}/uy
