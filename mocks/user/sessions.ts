import { naive } from '../../contracts/kit/fastapi/naive.ts'
import type { sessionOperations } from '../../contracts/user/sessions.ts'
import { KEY_ID, publicKey } from '../world/signing-key.ts'
import type { User } from '../world/users.ts'
import { callerWithSession } from './caller.ts'
import { admit } from './directory.ts'
import type { Around, Handlers } from './handlers.ts'
import { isLocked, isPassword, LOCKED_FOR } from './password.ts'
import { rolesOf } from './roles.ts'
import { accessToken, openSession, SESSION_LIFE, TOKEN_LIFE } from './session.ts'
import { refuseStatus } from './status.ts'
import type { Session } from './tables.ts'

const COOKIE = '__Secure-refresh_token'

export const sessions: Handlers<typeof sessionOperations> = {
  register(call) {
    const { email, password, name, phone, timezone } = call.body
    if (!/[a-z]/.test(password) || !/[A-Z]/.test(password) || !/\d/.test(password)) {
      return { status: 400, body: { detail: 'Password must contain upper and lower case letters and a digit' } }
    }
    if (call.world.users.where('email', email).length > 0) return { status: 409, body: { detail: 'Email already registered' } }
    const user = admit(call, { email, name, phone: phone ?? '', timezone, account_status: 'pending_verification' })
    call.tables.passwords.insert({ user_id: user.user_id, password, failed_at: [] })
    welcome(call, user)
    const created_at = naive(call.clock.now())
    return { status: 201, body: { user_id: user.number, email, status: 'pending_verification', verification_email_sent: true, created_at } }
  },

  login(call) {
    const { email, password } = call.body
    const [user] = call.world.users.where('email', email)
    if (user !== undefined && isLocked(call, user)) {
      return { status: 429, body: { detail: 'Too many failed login attempts' }, headers: { 'retry-after': String(LOCKED_FOR) } }
    }
    if (user === undefined || !isPassword(call, user, password)) return { status: 401, body: { detail: 'Invalid email or password' } }
    // Whoever waits to be verified may come in, and is refused wherever a token is asked for.
    if (user.account_status === 'suspended') return { status: 403, body: { detail: 'Account has been suspended' } }
    if (user.account_status === 'deactivated') return { status: 403, body: { detail: 'Account has been deactivated' } }
    const session = openSession(call, user)
    const body = { ...granted(call, user, session), user: told(call, user), refresh_token: null }
    return { status: 200, body, headers: { 'set-cookie': cookie(session.refresh_token, SESSION_LIFE) } }
  },

  refresh(call) {
    const token = cookieIn(call.header('cookie') ?? '')
    if (token === undefined) return { status: 401, body: { detail: 'Refresh token missing' } }
    const [session] = call.tables.sessions.where('refresh_token', token)
    const user = session && call.world.users.get(session.user_id)
    if (session === undefined || user === undefined || session.ended || call.clock.now() >= session.expires_at) {
      return { status: 401, body: { detail: 'Invalid refresh token' } }
    }
    const detail = refuseStatus(user)
    return detail === undefined ? { status: 200, body: granted(call, user, session) } : { status: 403, body: { detail } }
  },

  logout(call) {
    const { session } = callerWithSession(call)
    call.tables.sessions.update(session.session_id, { ended: true })
    return { status: 200, body: { message: 'Logged out successfully' }, headers: { 'set-cookie': cookie('""', 0) } }
  },

  getJwks: () => jwks(),
  getJwksOfFleet: () => jwks(),
  getJwksOfOrders: () => jwks(),
}

/** Inferred: the mail's words. No known route takes a confirmation: the status changes in the world. */
function welcome({ world, ids, clock }: Around, { user_id, name, email }: User): void {
  world.messages.insert({
    message_id: ids.next('msg'),
    service: 'user',
    channel: 'email',
    user_id,
    from: 'no-reply@example.com',
    to: [email],
    subject: 'Please verify your e-mail address',
    text: `Hello ${name}, your account waits to be verified.`,
    html: null,
    template: null,
    sent_at: clock.iso(),
  })
}

function granted(call: Around, user: User, session: Session) {
  return { access_token: accessToken(call, user, session), token_type: 'Bearer' as const, expires_in: TOKEN_LIFE }
}

function told(call: Around, user: User) {
  const { number, email, name } = user
  return { user_id: number, email, name, roles: rolesOf(call, user), mfa_enabled: false }
}

/** As Starlette writes one: the attributes in order of their names. */
const cookie = (value: string, maxAge: number): string => `${COOKIE}=${value}; HttpOnly; Max-Age=${maxAge}; Path=/v1/auth; SameSite=strict; Secure`

const cookieIn = (header: string): string | undefined => new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(header)?.[1]

function jwks() {
  const { n = '', e = '' } = publicKey().export({ format: 'jwk' })
  return { status: 200 as const, body: { keys: [{ kty: 'RSA' as const, use: 'sig' as const, kid: KEY_ID, alg: 'RS256' as const, n, e }] } }
}
