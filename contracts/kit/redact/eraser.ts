import { BASE64, readable } from './base64.ts'
import { isChance } from './chance.ts'
import { detect, kindOf } from './detect.ts'
import { type Edit, merged } from './edit.ts'
import { ENCODINGS } from './encodings.ts'
import { matchesOf } from './found.ts'
import { isOpen, isOwnNumber, looksLike, PARAMETER } from './looks.ts'
import { isPseudonym, isPseudonymOfNumber, type Kind, type Pseudonyms, unescaped } from './pseudonym.ts'
import { judgeName } from './secret-name.ts'
import type { Tally } from './tally.ts'

/** Where a value stands: for the statement, and for what its name says about it. */
export interface Spot {
  place: string
  name?: string | undefined
}

/** Puts pseudonyms in the place of values, and writes into the tally that it did. */
export interface Eraser {
  /** Whatever looks like a secret goes, the rest stays. */
  text(value: string, spot: Spot): string
  /** As the name above it says: all of it, or what looks like a secret. */
  named(value: string, spot: Spot): string
  /** A segment of a path behind one of the given name: it is secret only if it also looks like chance. */
  following(value: string, spot: Spot): string
  /** All of it. */
  secret(value: string, spot: Spot): string
  /** A number in JSON, as it is written there; `secret` where the contract says so. */
  number(raw: string, spot: Spot, secret: boolean): string
  /** Secrets that only their names gave away, and what stands for them now, since the last time somebody asked. */
  turn(): [value: string, pseudonym: string][]
}

interface Making {
  pseudonyms: Pseudonyms
  tally: Tally
  /** Redacts a text that is a document of its own inside of another. */
  document(text: string, spot: Spot): string | undefined
}

export function createEraser({ pseudonyms, tally, document }: Making): Eraser {
  let learned = new Map<string, string>()
  /** Short texts in which there was nothing: bodies say the same again and again. */
  const clean = new Set<string>()
  return {
    text,
    secret,
    named,
    following,
    number,
    turn() {
      const pairs = [...learned]
      learned = new Map()
      return pairs
    },
  }

  function text(value: string, spot: Spot): string {
    if (value.length < 6) return value
    const inner = /^\s*[[{]/.test(value) ? document(value, spot) : undefined
    if (inner !== undefined) return inner
    const id = value.length <= 64 ? `${spot.name}\0${value}` : undefined
    if (id !== undefined && clean.has(id)) return value
    const made = apply(value, edits(value, spot, 0), spot)
    if (id !== undefined && made === value) {
      if (clean.size >= 20_000) clean.clear()
      clean.add(id)
    }
    return made
  }

  function named(value: string, spot: Spot): string {
    const verdict = judgeName(spot.name ?? '')
    if (verdict === 'secret') return isOpen(value, spot.name) ? text(value, spot) : secret(value, spot)
    if (verdict === 'code') return secret(value, spot)
    if (verdict === 'perhaps' && isChance(value, 20)) return secret(value, spot)
    if (verdict !== undefined && verdict !== 'perhaps' && looksLike(verdict, value)) return replace(verdict, value, spot)
    return text(value, spot)
  }

  function following(value: string, spot: Spot): string {
    const verdict = judgeName(spot.name ?? '')
    return (verdict === 'secret' || verdict === 'code') && isChance(value, 12) ? secret(value, spot) : text(value, { place: spot.place })
  }

  function secret(value: string, spot: Spot): string {
    if (value.trim() === '' || value === '""' || /^[*•]+$/.test(value) || isPseudonym(value)) return value
    const [, scheme, rest] = /^((?:bearer|basic|token|digest|apikey|dpop|negotiate) +)(\S.*)$/is.exec(value) ?? []
    if (scheme !== undefined && rest !== undefined) return scheme + (/^basic/i.test(scheme) ? basic(rest, spot) : secret(rest, spot))
    const plain = value.includes('%') ? unescaped(value) : value
    const kind = kindOf(plain)
    if (kind === 'secret-url' && plain.includes('?')) return secretUrl(plain, spot)
    const made = replace(kind, plain, spot)
    if (value.length >= 10 && /\d/.test(value) && /[A-Za-z]/.test(value)) learned.set(value, made)
    return made
  }

  function replace(kind: Kind, value: string, { place }: Spot): string {
    tally.note(kind, value, place)
    return pseudonyms.of(kind, value)
  }

  function basic(value: string, spot: Spot): string {
    if (isPseudonym(value)) return value
    const decoded = Buffer.from(value, 'base64').toString('utf8')
    return decoded.includes(':') && !decoded.includes('\uFFFD') ? replace('basic', value, spot) : secret(value, spot)
  }

  /** A URL that is good for whoever has it: it still leads to the same place, and what makes it good is gone. */
  function secretUrl(url: string, spot: Spot): string {
    const [, address = '', query = '', fragment = ''] = /^([^?]*)\?([^#]*)(.*)$/s.exec(url) ?? []
    const pairs = query.split('&').map((pair) => {
      const [, name = '', value = ''] = /^([^=]*=?)(.*)$/s.exec(pair) ?? []
      const plain = unescaped(value.replaceAll('+', ' '))
      return PARAMETER.test(plain) ? pair : name + encodeURIComponent(secret(plain, spot))
    })
    return `${text(address, spot)}?${pairs.join('&')}${fragment === '' ? '' : `#${secret(fragment.slice(1), spot)}`}`
  }

  function number(raw: string, spot: Spot, marked: boolean): string {
    const verdict = judgeName(spot.name ?? '')
    if (marked || verdict === 'code') return isPseudonymOfNumber(raw) ? raw : replace('number', raw, spot)
    if (!/^\d{8,19}$/.test(raw)) return raw
    if (verdict === 'phone') return isOwnNumber(raw) ? raw : replaceNumber('phone', raw, spot)
    if (verdict === 'card' || verdict === 'aadhaar') return looksLike(verdict, raw) && !isOwnNumber(raw) ? replaceNumber(verdict, raw, spot) : raw
    return raw
  }

  /** JSON has no number with a nought in front: a one and a nought stand there, which begin no number of any of these kinds. */
  function replaceNumber(kind: Kind, raw: string, { place }: Spot): string {
    tally.note(kind, raw, place)
    const digits = BigInt(`0x${pseudonyms.digest(kind, raw)}`)
      .toString()
      .padStart(20, '0')
      .slice(-(raw.length - 2))
    return `10${digits}`
  }

  function edits(value: string, { name, place }: Spot, depth: number): Edit[] {
    const all: Edit[] = detect(value, name).map(({ kind, start, end }) => {
      const it = value.slice(start, end)
      const plain = kind === 'secret' && it.includes('%') ? unescaped(it) : it
      const own = kind === 'secret' ? kindOf(plain) : kind
      return { start, end, kind: own, value: plain, made: isPseudonym(plain) ? it : pseudonyms.of(own, plain) }
    })
    if (depth < 3) for (const { present, decode, encode } of ENCODINGS) if (present.test(value)) all.push(...behind(decode, encode))
    if (depth < 2) all.push(...inBase64(value, { name, place }))
    return merged(all.filter(({ start, end, made }) => made !== value.slice(start, end)))

    function behind(decode: (text: string) => { text: string; at: Uint32Array }, encode: (text: string) => string): Edit[] {
      const { text: decoded, at } = decode(value)
      if (decoded === value) return []
      return edits(decoded, { name, place }, depth + 1).map((edit) => {
        const [start, end] = [at[edit.start] ?? 0, at[edit.end] ?? value.length]
        const escaped = value.slice(start, end) !== decoded.slice(edit.start, edit.end)
        return { ...edit, start, end, made: escaped ? encode(edit.made) : edit.made }
      })
    }
  }

  function inBase64(value: string, spot: Spot): Edit[] {
    if (value.length < 10) return []
    return matchesOf(BASE64, value).flatMap(({ 0: it, index }) => {
      const decoded = readable(it)
      const made = decoded === undefined ? it : text(decoded, spot)
      if (decoded === undefined || made === decoded) return []
      const bytes = Buffer.from(made)
      const written = /[-_]/.test(it) ? bytes.toString('base64url') : bytes.toString('base64')
      return [{ start: index, end: index + it.length, value: it, made: it.endsWith('=') ? written : written.replace(/=+$/, '') }]
    })
  }

  function apply(value: string, all: readonly Edit[], spot: Spot): string {
    let made = ''
    let done = 0
    for (const edit of all) {
      if (edit.kind !== undefined) tally.note(edit.kind, edit.value, spot.place)
      made += value.slice(done, edit.start) + edit.made
      done = edit.end
    }
    return done === 0 ? value : made + value.slice(done)
  }
}
