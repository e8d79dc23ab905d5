import { passesLuhn, passesVerhoeff } from './checksum.ts'
import { type Found, matchesOf } from './found.ts'
import type { Kind } from './pseudonym.ts'
import { namesThing } from './secret-name.ts'

/** Cards, telephones and Aadhaar numbers in a text: groups of digits, looked at through a window of a few at a time. */
export function* numbersIn(text: string, name: string | undefined): Generator<Found> {
  const thing = namesThing(name)
  for (const run of matchesOf(RUN, text)) {
    if (run[0].length < 8) continue
    const groups = groupsOf(run[0], run.index)
    for (let at = 0; at < groups.length; ) {
      const window = foreign(text, groups, at) ? undefined : (windowAt(text, groups, at, thing) ?? undefined)
      if (window?.kind !== undefined) yield { kind: window.kind, start: (groups[at] as Group).start, end: (groups[at + window.size - 1] as Group).end }
      at += window?.size ?? 1
    }
  }
}

/** So many groups at most: V8 has no stack for millions. */
const RUN = /\+?\d+(?:[ \u00a0()./\u2010-\u2015-]{1,3}\+?\d+){0,10000}/g

interface Group {
  digits: string
  plus: boolean
  start: number
  end: number
}

function groupsOf(run: string, offset: number): Group[] {
  return [...run.matchAll(/\+?\d+/g)].map(({ 0: text, index }) => {
    const plus = text.startsWith('+')
    return { digits: plus ? text.slice(1) : text, plus, start: offset + index, end: offset + index + text.length }
  })
}

/** Digits that go on from letters, from an escape or from a decimal point belong to something else. */
function foreign(text: string, groups: readonly Group[], at: number): boolean {
  const { start } = groups[at] as Group
  const before = text[start - 1] ?? ''
  if (/[A-Za-z%]/.test(before)) return true
  if (before === '-' && (at === 0 ? !/[\w)]/.test(text[start - 2] ?? '') : false)) return true
  return before === '.' && at > 0 && groups[at - 1]?.end === start - 1
}

interface Window {
  /** None for what stands for such a number already. */
  kind?: Kind
  size: number
}

function windowAt(text: string, groups: readonly Group[], at: number, thing: boolean): Window | undefined {
  for (const look of [international, card, aadhaar, domestic]) {
    const window = look(text, groups, at, thing)
    if (window !== undefined && !goesOn(text, groups, at + window.size)) return window
  }
  return undefined
}

/** Letters, or a decimal point and more digits, right behind. */
function goesOn(text: string, groups: readonly Group[], next: number): boolean {
  const end = groups[next - 1]?.end ?? 0
  if (/[A-Za-z]/.test(text[end] ?? '')) return true
  return text[end] === '.' && groups[next]?.start === end + 1
}

/** E.164: a plus and 8 to 15 digits, of which India and North America use a fixed number. */
function international(_: string, groups: readonly Group[], at: number): Window | undefined {
  const first = groups[at] as Group
  if (!first.plus || first.digits.startsWith('0')) return undefined
  if (/^999\d{9}$/.test(first.digits)) return { size: 1 }
  let all = ''
  let size = 0
  const exact = first.digits.startsWith('91') ? 12 : first.digits.startsWith('1') ? 11 : 0
  for (const group of groups.slice(at, at + 8)) {
    if ((size > 0 && group.plus) || (exact > 0 && all.length === exact) || all.length + group.digits.length > 15) break
    all += group.digits
    size += 1
  }
  return all.length >= 8 ? { kind: 'phone', size } : undefined
}

const CARD_GROUPS = new Set(['4 4 4 4', '4 4 4 4 1', '4 4 4 4 2', '4 4 4 4 3', '4 6 5', '4 6 4'])

/** By Luhn, and by the beginnings that networks have been given: one number in ten passes Luhn by chance. */
function card(text: string, groups: readonly Group[], at: number): Window | undefined {
  for (const size of [1, 5, 4, 3]) {
    const window = groups.slice(at, at + size)
    const digits = joined(window)
    if (window.length < size || digits.length < 13 || digits.length > 19 || !evenly(text, window)) continue
    if (size > 1 && !CARD_GROUPS.has(lengths(window))) continue
    if (digits.startsWith('01')) return { size }
    if (NETWORKS.test(digits) && passesLuhn(digits)) return { kind: 'card', size }
  }
  return undefined
}

const NETWORKS = new RegExp(
  [
    '4\\d{12}(?:\\d{3}){0,2}',
    '(?:5[1-5]\\d\\d|222[1-9]|22[3-9]\\d|2[3-6]\\d\\d|27[01]\\d|2720)\\d{12}',
    '3[47]\\d{13}',
    '3(?:0[0-5]|[689]\\d)\\d{11,16}',
    '(?:6011|64[4-9]\\d|65\\d\\d|60\\d\\d|8[12]\\d\\d|508[5-9])\\d{12,15}',
    '35(?:2[89]|[3-8]\\d)\\d{12,15}',
    '62\\d{14,17}',
    '(?:5018|5020|5038|5893|6304|6759|676[1-3])\\d{9,15}',
  ]
    .map((network) => `^${network}$`)
    .join('|'),
)

function aadhaar(text: string, groups: readonly Group[], at: number, thing: boolean): Window | undefined {
  const one = groups[at]?.digits ?? ''
  if (one.length === 12) {
    if (one.startsWith('01')) return { size: 1 }
    return !thing && !MINUTE.test(one) && !/^91[6-9]/.test(one) && isAadhaar(one) ? { kind: 'aadhaar', size: 1 } : undefined
  }
  const three = groups.slice(at, at + 3)
  if (lengths(three) !== '4 4 4' || !evenly(text, three)) return undefined
  if (joined(three).startsWith('01')) return { size: 3 }
  return isAadhaar(joined(three)) ? { kind: 'aadhaar', size: 3 } : undefined
}

const isAadhaar = (digits: string): boolean => /^[2-9]/.test(digits) && passesVerhoeff(digits)

/** `202601170915`: a time of day without separators, which often begins an order's number. */
const MINUTE = /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d$/

const INDIAN = /^(?:0|91|0091|091)?[6-9]\d{9}$/
const INDIAN_GROUPS = /^(?:[1-4] )?(?:10|5 5|4 3 3|3 3 4)$|^6 5$/

/** Indian mobiles without a plus, and North American numbers in their usual dress. */
function domestic(text: string, groups: readonly Group[], at: number, thing: boolean): Window | undefined {
  for (const size of [4, 3, 2, 1]) {
    const window = groups.slice(at, at + size)
    const digits = joined(window)
    if (window.length < size || window.slice(1).some(({ plus }) => plus) || (size === 1 && thing)) continue
    if (size === 1 ? INDIAN.test(digits) : dressed(text, window, digits)) return { kind: 'phone', size }
  }
  return undefined
}

function dressed(text: string, window: readonly Group[], digits: string): boolean {
  const form = lengths(window)
  const between = separators(text, window)
  if (!between.every((separator) => /^(?:[ \u00a0\u2010-\u2015-]|\) ?|-\(| \()$/.test(separator))) return false
  if (form === '3 3 4') return /^[2-9]\d\d[2-9]/.test(digits) && (between[0] !== ' ' || text[(window[0] as Group).start - 1] === '(') && between[1] !== ' '
  return INDIAN.test(digits) && INDIAN_GROUPS.test(form) && !window.slice(-2).every(({ digits: group }) => Number(group) % 50 === 0)
}

const joined = (window: readonly Group[]): string => window.map(({ digits }) => digits).join('')
const lengths = (window: readonly Group[]): string => window.map(({ digits }) => digits.length).join(' ')
const separators = (text: string, window: readonly Group[]): string[] => window.slice(1).map(({ start }, at) => text.slice((window[at] as Group).end, start))

/** One and the same space, hyphen or dot between all groups. */
function evenly(text: string, window: readonly Group[]): boolean {
  const between = new Set(separators(text, window))
  return between.size === 0 || (between.size === 1 && /^[ \u00a0.\u2010-\u2015-]$/.test([...between][0] as string))
}
