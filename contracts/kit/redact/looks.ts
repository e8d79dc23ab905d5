import { isPseudonym } from './pseudonym.ts'

/** Values that no name makes a secret of. */
export function isOpen(value: string, name = ''): boolean {
  if (/^(?:true|false|null|none|undefined|deleted|yes|no|on|off|bearer|basic|jwt|enabled|disabled)?$/i.test(value.trim())) return true
  return /session$/i.test(name) && SESSION_OF_MARKET.test(value)
}

const SESSION_OF_MARKET =
  /^(?:regular|normal|live|extended|intraday|day|night|morning|afternoon|evening|muhurat|(?:pre|post)[-_ ]?(?:open|market|close)?|open|opening|close|closed|closing|after[-_ ]?hours)$/i

/** What a signed URL says besides its signature: times, lengths and how it was signed. */
export const PARAMETER = /^(?:\d{1,10}|\d{8}T\d{6}Z|AWS4-HMAC-SHA256|GOOG4-RSA-SHA256|\d{4}-\d\d-\d\d(?:T[\d:]+Z)?|host|[a-z]{1,3})?$/

export function looksLike(kind: 'phone' | 'card' | 'aadhaar' | 'pan', value: string): boolean {
  if (isPseudonym(value)) return false
  if (kind === 'pan') return /^[A-Z]{5}\d{4}[A-Z]$/i.test(value) && !/^ZZZZ/.test(value)
  const digits = value.replaceAll(/\D/g, '')
  if (!/^[+(]?\d[\d ()./\u00a0\u2010-\u2015-]*$/.test(value) || (kind !== 'phone' && digits.startsWith('01'))) return false
  if (kind === 'phone') return digits.length >= 7 && digits.length <= 15
  return kind === 'card' ? digits.length >= 12 && digits.length <= 19 : digits.length === 12
}

/** A number in JSON that stands for another one already. */
export const isOwnNumber = (raw: string): boolean => raw.startsWith('10')
