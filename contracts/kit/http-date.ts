let second = Number.NaN
let text = ''

/** The `date` header for an instant in milliseconds; rendered once a second. */
export function httpDate(now: number): string {
  const at = Math.floor(now / 1000)
  if (at !== second) {
    second = at
    text = new Date(at * 1000).toUTCString()
  }
  return text
}
