import type { Refusal } from '../../contracts/kit/problem.ts'
import { withHeaders } from './headers.ts'

/** Says when to come again: in the header, and wherever the body counts the seconds. */
export function comeAgain(said: Refusal, milliseconds: number): Refusal {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  return { ...withHeaders(said, { 'retry-after': String(seconds) }), body: counting(said.body, seconds) }
}

const COUNTED = ['retry_after', 'retry_after_seconds']

function counting(body: unknown, seconds: number): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, COUNTED.includes(name) && typeof value === 'number' ? seconds : value]))
}
