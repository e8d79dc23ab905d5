import { naive } from '../../contracts/kit/fastapi/naive.ts'
import type { peopleOperations } from '../../contracts/user/people.ts'
import type { User } from '../world/users.ts'
import { caller } from './caller.ts'
import { byNumber } from './directory.ts'
import type { Around, Handlers } from './handlers.ts'
import { mergePreferences, preferencesOf } from './preferences.ts'
import { includesAll, standingOn } from './rights.ts'
import { giveRole, rolesOf, takeRole } from './roles.ts'
import { endSessions } from './session.ts'

export const people: Handlers<typeof peopleOperations> = {
  getMe: (call) => ({ status: 200, body: told(call, caller(call)) }),

  updateMe(call) {
    const user = caller(call)
    const { name, phone, timezone } = call.body
    call.world.users.update(user.user_id, { name: name ?? user.name, phone: phone ?? user.phone, timezone: timezone ?? user.timezone })
    return { status: 200, body: told(call, caller(call)) }
  },

  getPreferences: (call) => ({ status: 200, body: chosen(call, caller(call)) }),

  updatePreferences(call) {
    const user = caller(call)
    const { default_trading_account_id: account } = call.body
    if (account !== null && !includesAll(standingOn(call, user, call.tables.accounts.get(account)), ['view'])) {
      return { status: 404, body: { detail: `Trading account ${account} not found` } }
    }
    mergePreferences(call, user, call.body)
    return { status: 200, body: chosen(call, caller(call)) }
  },

  getUserV1({ world, params }) {
    const user = byNumber(world, params.user_id)
    if (user === undefined) return unknown(params)
    const { number, name, account_status, created_at } = user
    return { status: 200, body: { user_id: number, name, status: account_status, created_at: naive(Date.parse(created_at)) } }
  },

  deactivateUser(call) {
    const user = byNumber(call.world, call.params.user_id)
    if (user === undefined) return unknown(call.params)
    call.world.users.update(user.user_id, { account_status: 'deactivated' })
    const sessions_revoked = call.body.revoke_sessions ? endSessions(call, user) : 0
    return { status: 200, body: { user_id: user.number, status: 'deactivated', reason: call.body.reason, sessions_revoked } }
  },

  assignRole(call) {
    const user = byNumber(call.world, call.params.user_id)
    if (user === undefined) return unknown(call.params)
    giveRole(call, user, call.body.role)
    return rolesReply(call)
  },

  revokeRole(call) {
    const { user_id, role } = call.params
    const user = byNumber(call.world, user_id)
    if (user === undefined) return unknown(call.params)
    if (role === 'user') return { status: 400, body: { detail: 'The role user cannot be revoked' } }
    takeRole(call, user, role)
    return rolesReply(call)
  },
}

const unknown = ({ user_id }: { user_id: number }) => ({ status: 404 as const, body: { detail: `User ${user_id} not found` } })

function rolesReply(call: Around & { params: { user_id: number } }) {
  const user = byNumber(call.world, call.params.user_id)
  if (user === undefined) return unknown(call.params)
  return { status: 200 as const, body: { user_id: user.number, roles: rolesOf(call, user) } }
}

function chosen(call: Around, user: User) {
  return { ...preferencesOf(call, user), user_id: user.number }
}

function told(call: Around, user: User) {
  const { number, email, name, phone, timezone, account_status, created_at } = user
  const roles = rolesOf(call, user)
  return { user_id: number, email, name, phone, timezone, status: account_status, roles, mfa_enabled: false, created_at: naive(Date.parse(created_at)) }
}
