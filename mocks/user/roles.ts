import type { User } from '../world/users.ts'
import type { Around } from './handlers.ts'

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
