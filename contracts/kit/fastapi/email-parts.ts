/** An address taken apart; `named` when it stood in angle brackets after a name. */
export interface EmailParts {
  local: string
  domain: string
  named: boolean
}

/** Why a text is no e-mail address, in the words of the `email_validator` package, which does the reading for pydantic. */
export class NoEmail {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

/** `user@example.com`, or the same in angle brackets. */
export function splitEmail(text: string): EmailParts | NoEmail {
  const at = unquoted(text, '@<')
  if (at < 0) return NO_SIGN
  if (text[at] === '@') return parts(text, at, false)
  const name = text.slice(0, at).trimEnd()
  const strangers = listed(name, /[^A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]/gu)
  if (strangers !== '' && !name.startsWith('"')) return new NoEmail(`The display name contains invalid characters when not quoted: ${strangers}.`)
  const rest = text.slice(at).replace(/ +$/, '')
  if (!rest.includes('>')) return UNCLOSED
  if (!rest.endsWith('>')) return new NoEmail("There can't be anything after the email address.")
  const inner = rest.slice(1).replace(/>+$/, '')
  const sign = unquoted(inner, '@')
  return sign < 0 ? NO_SIGN : parts(inner, sign, true)
}

/** Each character once, shown and then sorted. */
export function listed(text: string, strangers: RegExp): string {
  return [...new Set((text.match(strangers) ?? []).map(shown))].sort().join(', ')
}

const NO_SIGN = new NoEmail('An email address must have an @-sign.')
const UNCLOSED = new NoEmail('An open angle bracket at the start of the email address has to be followed by a close angle bracket at the end.')

/** Where the first of some signs stands outside of quotes. */
function unquoted(text: string, signs: string): number {
  let inside = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string
    if (inside && character === '\\') at += 1
    else if (character === '"') inside = !inside
    else if (!inside && signs.includes(character)) return at
  }
  return -1
}

function parts(text: string, at: number, named: boolean): EmailParts | NoEmail {
  const local = text.slice(0, at)
  const closing = local.startsWith('"') ? local.lastIndexOf('"') : -1
  if (closing > 0 && closing < local.length - 1) {
    return new NoEmail(`Extra character(s) found after close quote: ${[...local.slice(closing + 1)].map(shown).join(', ')}`)
  }
  return { local, domain: text.slice(at + 1), named }
}

function shown(character: string): string {
  if (character === ' ') return 'SPACE'
  if (character === '\\') return `"${character}"`
  if (character === "'") return `"${character}"`
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `'${character}'` : `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}
