/**
 * One text for all spellings of a JSON value: members sorted, no spaces, `21500.0` and `21500` alike.
 * What a client took apart and put together again still has the text that its mark was made over.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) return members(value as Record<string, unknown>)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number' && Number.isInteger(value)) return String(BigInt(value))
  return JSON.stringify(value) ?? 'null'
}

function members(record: Record<string, unknown>): string {
  const names = Object.keys(record).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(record[name])}`).join(',')}}`
}
