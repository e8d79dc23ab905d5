import type { User } from '../world/users.ts'
import type { Around } from './handlers.ts'

/** Inferred: after so many wrong passwords, nobody comes in for as long as `Retry-After` says (C1 §8.3). */
const TOO_MANY = 5
export const LOCKED_FOR = 900

/** Whether there were too many wrong passwords of late. */
export function isLocked(around: Around, user: User): boolean {
  return recentFailures(around, user).length >= TOO_MANY
}

/** Compares, and keeps count of what is wrong. Whoever never chose a password has `Mock-Password-123`, with their own number. */
export function isPassword(around: Around, user: User, given: string): boolean {
  const { tables, clock } = around
  const password = tables.passwords.get(user.user_id)?.password ?? `Mock-Password-${user.number}`
  const right = given === password
  tables.passwords.put({ user_id: user.user_id, password, failed_at: right ? [] : [...recentFailures(around, user), clock.now()] })
  return right
}

function recentFailures({ tables, clock }: Around, { user_id }: User): number[] {
  const { failed_at = [] } = tables.passwords.get(user_id) ?? {}
  return failed_at.filter((at) => clock.now() < at + LOCKED_FOR * 1000)
}
