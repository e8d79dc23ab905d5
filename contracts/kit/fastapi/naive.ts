let second = Number.NaN
let text = ''

/**
 * An instant as Python's `datetime.isoformat()` writes it in UTC without a zone: `2026-01-17T09:15:30.123000`.
 * The fraction has six digits, or is left out when it is nought. The part up to the second is rendered once a second.
 */
export function naive(instant: number): string {
  const at = Math.floor(instant / 1000)
  if (at !== second) {
    second = at
    text = new Date(at * 1000).toISOString().slice(0, 19)
  }
  const milliseconds = instant - at * 1000
  return milliseconds === 0 ? text : `${text}.${String(milliseconds).padStart(3, '0')}000`
}
