import { rights } from '../../contracts/user/accounts.ts'
import type { User } from '../world/users.ts'
import type { Around } from './handlers.ts'
import { isActive } from './status.ts'
import type { Account, Membership } from './tables.ts'

export type Right = (typeof rights)[number]

/** How a person stands to a trading account. */
export interface Standing {
  level: 'owner' | Membership['role'] | 'none'
  permissions: Right[]
}

const NONE: Standing = { level: 'none', permissions: [] }

const RIGHTS: Readonly<Record<Standing['level'], number>> = { none: 0, viewer: 1, trader: 2, manager: 3, owner: 3 }

/** Owners may do everything, members what their role allows; whoever is not active may do nothing. */
export function standingOn({ tables }: Pick<Around, 'tables'>, user: User | undefined, account: Account | undefined): Standing {
  if (user === undefined || account === undefined || !isActive(user)) return NONE
  const owner = account.user_id === user.user_id
  const level = owner ? 'owner' : (tables.memberships.get(`${account.trading_account_id}/${user.user_id}`)?.role ?? 'none')
  // Inferred: an inactive account may be looked at, no more.
  const most = account.status === 'ACTIVE' ? rights.length : 1
  return { level, permissions: rights.slice(0, Math.min(RIGHTS[level], most)) }
}

export function includesAll(standing: Standing, wanted: readonly string[]): boolean {
  return standing.level !== 'none' && wanted.every((right) => (standing.permissions as string[]).includes(right))
}

/** The accounts of a person, then those shared with this person, whatever the order in which they were made. */
export function accountsOf({ tables }: Pick<Around, 'tables'>, user: User, shared: boolean): Account[] {
  const own = tables.accounts.where('user_id', user.user_id)
  if (!shared) return own
  const others = tables.memberships.where('user_id', user.user_id).map(({ trading_account_id }) => tables.accounts.get(trading_account_id))
  return [...own, ...others.filter((account) => account !== undefined)]
}
