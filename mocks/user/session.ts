import type { User } from '../world/users.ts'
import type { Around } from './handlers.ts'
import { accountsOf } from './rights.ts'
import { rolesOf } from './roles.ts'
import type { Session } from './tables.ts'
import { signToken } from './token.ts'

/** How long an access token is good, in seconds (C1 §8.3). */
export const TOKEN_LIFE = 900

/** Inferred: how long the cookie renews it, in seconds. */
export const SESSION_LIFE = 7 * 86_400

export function openSession({ tables, ids, clock }: Around, { user_id }: User): Session {
  const created_at = clock.now()
  return tables.sessions.insert({
    session_id: ids.uuid(),
    user_id,
    refresh_token: ids.random.hex(64),
    created_at,
    expires_at: created_at + SESSION_LIFE * 1000,
    ended: false,
  })
}

/** Ends what a person has open; returns how many sessions that were. */
export function endSessions({ tables }: Around, { user_id }: User): number {
  const open = tables.sessions.where('user_id', user_id).filter(({ ended }) => !ended)
  for (const { session_id } of open) tables.sessions.update(session_id, { ended: true })
  return open.length
}

/** A fresh access token for a session. */
export function accessToken(around: Around, user: User, { session_id }: Session): string {
  const iat = Math.floor(around.clock.now() / 1000)
  return signToken({
    iss: 'user_service',
    sub: `user:${user.number}`,
    aud: ['trading_platform'],
    exp: iat + TOKEN_LIFE,
    iat,
    sid: session_id,
    session_id,
    scp: ['read', 'trade'],
    roles: rolesOf(around, user),
    permissions: user.permissions,
    acct_ids: accountsOf(around, user, true).map(({ trading_account_id }) => trading_account_id),
    email: user.email,
    name: user.name,
    mfa: false,
    ver: 1,
  })
}

/** An access token of somebody of the seed world who may do what is needed. */
export function guestToken(needs: string | undefined, around: Around): string {
  const user = around.world.users.get(needs === 'admin' ? 'user_admin' : 'user_123')
  if (user === undefined) throw new Error('the seed world has lost the people whom everybody knows')
  return accessToken(around, user, openSession(around, user))
}
