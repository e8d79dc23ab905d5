import type { formerOperations, formerRoles } from '../../contracts/user/former.ts'
import type { World } from '../world/index.ts'
import type { User } from '../world/users.ts'
import { caller, callerWithSession } from './caller.ts'
import { admit, byNumber } from './directory.ts'
import type { Handlers } from './handlers.ts'
import { isPassword } from './password.ts'
import { rolesOf } from './roles.ts'
import { accessToken, endSessions, openSession } from './session.ts'
import { isActive } from './status.ts'

type FormerRole = (typeof formerRoles)[number]

const FORMER_ROLE: Readonly<Record<User['role'], FormerRole>> = { admin: 'ADMIN', premium: 'EDITOR', basic: 'VIEWER', suspended: 'VIEWER' }
const ROLE: Readonly<Record<FormerRole, User['role']>> = { ADMIN: 'admin', EDITOR: 'premium', VIEWER: 'basic' }

export const former: Handlers<typeof formerOperations> = {
  formerLogin(call) {
    const { username, password } = call.body
    const user = call.world.users.where('email', username)[0] ?? call.world.users.get(username)
    if (user === undefined || !isActive(user) || !isPassword(call, user, password)) return { status: 401, body: { detail: 'Invalid username or password' } }
    return { status: 200, body: { access_token: accessToken(call, user, openSession(call, user)), token_type: 'bearer' } }
  },

  formerLogout(call) {
    call.tables.sessions.update(callerWithSession(call).session.session_id, { ended: true })
    return { status: 200, body: { message: 'Logged out successfully' } }
  },

  formerMe(call) {
    const user = caller(call)
    const { number, email, user_id, role, permissions } = user
    const body = { id: number, email, username: user_id, role: FORMER_ROLE[role], keycloak_roles: rolesOf(call, user), permissions, groups: [] }
    return { status: 200, body }
  },

  createUser(call) {
    const { first_name, last_name, email, phone, role } = call.body
    if (call.world.users.where('email', email).length > 0) return taken
    const user = admit(call, { name: `${first_name} ${last_name}`, email, phone, role: ROLE[role] })
    return { status: 200, body: told(user) }
  },

  getUser({ world, params }) {
    const user = stillHere(world, params.user_id)
    return user === undefined ? unknown : { status: 200, body: told(user) }
  },

  updateUser({ world, params, body }) {
    const user = stillHere(world, params.user_id)
    if (user === undefined) return unknown
    const { first_name, last_name, email, phone, role } = body
    if (email !== null && world.users.where('email', email).some((other) => other.user_id !== user.user_id)) return taken
    const before = told(user)
    const changed = {
      ...user,
      name: `${first_name ?? before.first_name} ${last_name ?? before.last_name}`.trim(),
      email: email ?? user.email,
      phone: phone ?? user.phone,
      role: role === null ? user.role : ROLE[role],
    }
    return { status: 200, body: told(world.users.put(changed)) }
  },

  deleteUser(call) {
    const user = stillHere(call.world, call.params.user_id)
    if (user === undefined) return unknown
    // Subscriptions, products and accounts name this person: the record stays, and the status says the rest.
    call.world.users.update(user.user_id, { account_status: 'deactivated' })
    endSessions(call, user)
    return { status: 200, body: { message: 'User deleted successfully' } }
  },

  searchUsers({ world, params }) {
    const term = params.term.toLowerCase()
    const found = world.users.all().filter(({ name, email }) => name.toLowerCase().includes(term) || email.toLowerCase().includes(term))
    return { status: 200, body: found.filter(isHere).map(told) }
  },
}

const taken = { status: 400 as const, body: { detail: 'Email already registered' } }
const unknown = { status: 404 as const, body: { detail: 'User not found' } }

/** This generation has no statuses: whoever is deactivated was deleted. */
const isHere = ({ account_status }: User): boolean => account_status !== 'deactivated'

function stillHere(world: World, number: number): User | undefined {
  const user = byNumber(world, number)
  return user !== undefined && isHere(user) ? user : undefined
}

function told({ number, name, email, phone, role }: User) {
  const [first_name = '', ...rest] = name.split(' ')
  return { id: number, first_name, last_name: rest.join(' '), email, phone, role: FORMER_ROLE[role] }
}
