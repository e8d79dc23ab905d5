import * as z from 'zod'
import { idForm } from './id-form.ts'

/** Wider before narrower. */
export const TEXT_FORMATS = [
  'uuid',
  'datetime',
  'zoned-datetime',
  'naive-datetime',
  'date',
  'time',
  'email',
  'url',
  'ipv4',
  'integer',
  'hex',
  'jwt',
  'id',
] as const

/** Forms that a text can be seen to have. One text may have several: every date-time with a zone is a date-time. */
export type TextFormat = (typeof TEXT_FORMATS)[number]

/** As zod sees them, so that a schema made of what was found takes what it was found in. */
const FORMS: Partial<Record<TextFormat, RegExp>> = {
  uuid: z.regexes.uuid(),
  datetime: z.regexes.datetime({ local: true, offset: true }),
  'zoned-datetime': z.regexes.datetime({ offset: true }),
  date: z.regexes.date,
  time: z.regexes.time({}),
  email: z.regexes.email,
  ipv4: z.regexes.ipv4,
  integer: /^-?\d+$/,
  hex: /^[0-9a-f]{8,}$/i,
  jwt: /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*$/,
}
const NAMES = Object.keys(FORMS) as TextFormat[]

/** Every format that a text has; words have none. */
export function textFormats(text: string): TextFormat[] {
  if (/\s|^[^\d@:]*$/.test(text)) return []
  if (text.length > LONG) return /^https?:\/\//.test(text) && URL.canParse(text) ? ['url'] : FORMS.jwt?.test(text) ? ['jwt'] : []
  const found = NAMES.filter((name) => FORMS[name]?.test(text))
  if (found.includes('datetime') && !found.includes('zoned-datetime')) found.push('naive-datetime')
  if (/^(?:https?|wss?):\/\//.test(text) && URL.canParse(text)) found.push('url')
  if (found.length === 0 && idForm(text) !== undefined) found.push('id')
  return found
}

/** Longer than any text whose form is short. */
const LONG = 320
