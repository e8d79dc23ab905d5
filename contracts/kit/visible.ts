/** Control characters, line ends, directions and joiners that nobody sees, spaces that are not the usual one, halves of surrogate pairs, and what XML has no place for. */
const UNSEEN = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{DI}\uFFFE\uFFFF]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Text of unknown origin, on one line and with nothing in it that a terminal, a log or a parser would obey. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (unseen) => SHORT[unseen] ?? escaped(unseen.codePointAt(0) as number))
}

/** The same of each line for itself. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n')

/** JSON that says the same, with none of it in the open. */
export const visibleJson = (json: string): string => json.replace(UNSEEN, (unseen) => unseen.split('').map(unit).join(''))

const unit = (half: string): string => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`

function escaped(point: number): string {
  const hex = point.toString(16)
  return point > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}
