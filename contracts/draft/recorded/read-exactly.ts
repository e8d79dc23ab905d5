import { readJson } from '../../kit/json.ts'

/** JSON with every whole number to the digit: past 2^53 it is a `bigint`. */
export function readExactly(body: Buffer): ReturnType<typeof readJson> {
  // The exact way takes several times as long, and most bodies have no such numbers.
  return readJson(body, /\d{16}/.test(body.toString('latin1')))
}

/** Whether such a number is anywhere in it. */
export function isLong(value: unknown): boolean {
  if (typeof value === 'bigint') return true
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && Object.values(value).some(isLong)
}
