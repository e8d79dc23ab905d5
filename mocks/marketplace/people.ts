import type { World } from '../world/index.ts'
import type { User } from '../world/users.ts'

/** Holders of it may look at what is another user's. */
const ANYBODY = 'cross_user_access'

interface Asking {
  world: World
  header(name: string): string | undefined
}

type Refusal = { status: 404; body: { detail: string } } | { status: 403; body: { detail: string } }

/** A user by id, or by number in the forms that the fleet writes: `123`, `user:123`. */
export function userNamed(world: World, name: string | number | bigint): User | undefined {
  const number = /^(?:user:)?(\d{1,15})$/.exec(String(name))?.[1]
  return world.users.get(name) ?? (number === undefined ? undefined : world.users.where('number', Number(number))[0])
}

/** On whose behalf the gateway asks; nobody where a service asks for itself. */
export function callerOf({ world, header }: Asking): User | undefined {
  return userNamed(world, header('x-user-id') ?? '')
}

/** The user whom a path names, if there is one, the account is open, and the caller may look. */
export function personOf(call: Asking, user_id: string): { user: User } | { refusal: Refusal } {
  const user = userNamed(call.world, user_id)
  if (user === undefined) return { refusal: { status: 404, body: { detail: 'User not found' } } }
  if (trespasses(call, user)) return { refusal: { status: 403, body: { detail: "Not authorized to access another user's data" } } }
  if (user.account_status !== 'active') return { refusal: { status: 403, body: { detail: `User account is ${user.account_status.replace('_', ' ')}` } } }
  return { user }
}

/** A service that names nobody is trusted. */
function trespasses(call: Asking, user: User): boolean {
  if ((call.header('x-user-id') ?? '') === '') return false
  const caller = callerOf(call)
  return caller?.user_id !== user.user_id && caller?.permissions.includes(ANYBODY) !== true
}
