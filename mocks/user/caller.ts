import { type AuthWords, bearer } from '../../contracts/kit/auth.ts'
import type { User } from '../world/users.ts'
import { byAnyName } from './directory.ts'
import type { Around } from './handlers.ts'
import { rolesOf } from './roles.ts'
import { refuseStatus } from './status.ts'
import type { Session } from './tables.ts'
import { readToken } from './token.ts'

/** Why an access token is refused, in the new provider's words (C1 §8.3), or nothing. */
export function refuseToken(token: string, needs: string | undefined, around: Around): AuthWords | undefined {
  const user = bearerOf(token, around, around.clock.now())?.user
  if (user === undefined) return { status: 401, detail: 'Could not validate credentials', challenge: 'Bearer' }
  const refusal = refuseStatus(user)
  if (refusal !== undefined) return { status: 403, detail: refusal }
  if (needs === undefined || (rolesOf(around, user) as string[]).includes(needs)) return undefined
  // Inferred: the provider's words for a missing role are not known.
  return { status: 403, detail: `Access denied. Required role: ${needs}` }
}

type WithHeader = Around & { header(name: string): string | undefined }

/** Whose token opened this operation. */
export const caller = (call: WithHeader): User => callerWithSession(call).user

export function callerWithSession(call: WithHeader): { user: User; session: Session } {
  // It was good a moment ago; that it may have expired since must not become our failure.
  const found = bearerOf(bearer(call.header('authorization')) ?? '', call, Number.NEGATIVE_INFINITY)
  if (found === undefined) throw new Error('an operation without an access token asked for its caller')
  return found
}

function bearerOf(token: string, { world, tables }: Around, now: number): { user: User; session: Session } | undefined {
  const claims = readToken(token, now)
  const session = claims && tables.sessions.get(claims.sid)
  const user = claims && byAnyName(world, claims.sub)
  return session === undefined || session.ended || user === undefined ? undefined : { user, session }
}
