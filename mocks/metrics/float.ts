/** A number as Go's `strconv` writes it in the shortest way, which is how Prometheus metrics are written: `1e+06`, `0.125`, `+Inf`. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const [digits, exponent] = value.toExponential().split('e')
  const power = Number(exponent)
  if (value === 0 || (power >= -4 && power < 6)) return String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i

/** A number as the text format spells it; nothing when it is none. Go's hexadecimal floats and underscores are not allowed there. */
export function readFloat(text: string): number | undefined {
  if (DECIMAL.test(text)) return finite(Number(text))
  const special = SPECIAL.exec(text)
  if (special === null) return undefined
  if (special[2] === undefined) return special[1] === '' ? Number.NaN : undefined
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** A decimal too large for a float is an error to Go, not an infinity. */
const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)

/** A count of something, whatever was written in its place. */
export const toCount = (value: number): number => (Number.isFinite(value) && value > 0 ? Math.trunc(value) : 0)
