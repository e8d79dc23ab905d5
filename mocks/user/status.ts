import type { User } from '../world/users.ts'

export const isActive = ({ account_status }: User): boolean => account_status === 'active'

/** Futures and options, until the instant at which the permission is gone. */
export function hasFoAccess(user: User, now: number): boolean {
  return isActive(user) && user.fo_access && (user.fo_expiry === null || now < Date.parse(user.fo_expiry))
}

/** Why somebody may not do anything, in the new provider's words (C1 §8.3), or nothing. */
export function refuseStatus({ account_status }: User): string | undefined {
  if (account_status === 'active') return undefined
  if (account_status === 'deactivated') return 'Account has been deactivated'
  return `Account status is ${account_status}. Active status required.`
}
