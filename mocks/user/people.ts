import type { World } from '../world/index.ts'
import type { User } from '../world/users.ts'
import type { Around } from './handlers.ts'

export function byNumber(world: World, number: number): User | undefined {
  return world.users.where('number', number)[0]
}

/** `user_123`, `123` and `user:123` are one person. */
export function byAnyName(world: World, name: string): User | undefined {
  const number = /^(?:user:)?(\d{1,15})$/.exec(name)?.[1]
  return world.users.get(name) ?? (number === undefined ? undefined : byNumber(world, Number(number)))
}

export const isActive = ({ account_status }: User): boolean => account_status === 'active'

/** Futures and options, until the instant at which the permission is gone. */
export function hasFoAccess(user: User, now: number): boolean {
  return isActive(user) && user.fo_access && (user.fo_expiry === null || now < Date.parse(user.fo_expiry))
}

type Role = 'user' | 'admin' | 'compliance'

/** The new generation's roles: the platform knows who is an admin, this service who is in compliance. */
export function rolesOf({ tables }: Pick<Around, 'tables'>, user: User): Role[] {
  const compliance = tables.grants.get(user.user_id)?.compliance === true
  return ['user', ...(user.role === 'admin' ? ['admin' as const] : []), ...(compliance ? ['compliance' as const] : [])]
}

export function giveRole({ tables, world }: Around, user: User, role: Role): void {
  if (role === 'admin') world.users.update(user.user_id, { role: 'admin' })
  if (role === 'compliance') tables.grants.put({ user_id: user.user_id, compliance: true })
}

export function takeRole({ tables, world }: Around, user: User, role: Role): void {
  if (role === 'admin' && user.role === 'admin') world.users.update(user.user_id, { role: roleOfTier(user) })
  if (role === 'compliance') tables.grants.delete(user.user_id)
}

const roleOfTier = ({ tier }: User) => (tier === 'premium' || tier === 'enterprise' ? 'premium' : 'basic')

/** Adds a person to the world, under the next free number. */
export function admit({ world, clock }: Around, who: Pick<User, 'name' | 'email' | 'phone'> & Partial<User>): User {
  let number = Math.max(1000, ...world.users.all().map((user) => user.number)) + 1
  while (world.users.has(`user_${number}`)) number += 1
  return world.users.insert({
    user_id: `user_${number}`,
    number,
    role: 'basic',
    tier: 'free',
    account_status: 'active',
    permissions: ['read_signals'],
    fo_access: false,
    fo_expiry: null,
    timezone: 'UTC',
    watchlist: [],
    custom_lists: {},
    created_at: clock.iso(),
    ...who,
  })
}
