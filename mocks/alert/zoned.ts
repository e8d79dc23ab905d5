import { naive } from '../../contracts/kit/fastapi/naive.ts'

/** An instant as this service writes it: in UTC, and saying so (C1 §3.2). */
export const zoned = (instant: number): string => `${naive(instant)}Z`

export const zonedOrNull = (instant: number | null): string | null => (instant === null ? null : zoned(instant))
