/**
 * An instant as Python's `datetime.isoformat()` writes it in UTC without a zone: `2026-01-17T09:15:30.123000`.
 * The fraction has six digits, or is left out when it is nought.
 */
export function naive(instant: number): string {
  const [seconds, fraction] = new Date(instant).toISOString().slice(0, -1).split('.') as [string, string]
  return fraction === '000' ? seconds : `${seconds}.${fraction}000`
}
