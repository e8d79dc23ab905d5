import * as z from 'zod'
import { get, once, post } from '../kit/contract.ts'
import { accessToken } from './credentials.ts'
import { roles } from './people.ts'
import { py } from './py.ts'
import { refused } from './refused.ts'

const keys = once(() =>
  z.strictObject({
    keys: z.array(z.strictObject({ kty: z.literal('RSA'), use: z.literal('sig'), kid: z.string(), alg: z.literal('RS256'), n: z.string(), e: z.string() })),
  }),
)

const jwks = once(() => ({
  summary: 'The public key that every access token of this service is signed with.',
  responses: { 200: keys() },
  auth: false as const,
  examples: {
    one: {
      reply: { status: 200, body: { keys: [{ kty: 'RSA', use: 'sig', kid: 'mock-user-1', alg: 'RS256', n: 'ztNwtlTKsNwRvuEINU…', e: 'AQAB' }] } },
    },
  },
}))

const granted = once(() => ({ access_token: z.string().meta({ secret: true }), token_type: z.literal('Bearer'), expires_in: z.int() }))

const cookie = once(() => ({ 'set-cookie': z.string() }))

const tooMany = once(() => ({ body: refused(), headers: { 'retry-after': z.string() } }))

const session = once(() =>
  z.strictObject({
    ...granted(),
    user: z.strictObject({ user_id: z.int(), email: z.string(), name: z.string(), roles: z.array(z.enum(roles)), mfa_enabled: z.boolean() }),
    refresh_token: z.null(),
  }),
)

/** To whoever has a second factor: no session, and no cookie, before it was shown. */
const challenge = once(() =>
  z.strictObject({ status: z.literal('mfa_required'), session_token: z.string(), methods: z.array(z.string()), message: z.string() }),
)

const asha = { email: 'user_123@example.com', password: 'Mock-Password-123' }
/** What the cookie of the first login says in a fresh suite. */
const REFRESH = '4586de2386ee0bd04d1f5e5be41e1c505c13b5506b0a20a4bf03ce35d06dbcb9'

/** Logging in and out of the new generation. */
export const sessionOperations = {
  register: post('/v1/auth/register', () => ({
    summary: 'Makes an account that waits to be verified, and sends a mail about it.',
    body: py.object({
      email: py.email(),
      password: py.str({ min: 8, max: 128 }).meta({ secret: true }),
      name: py.str({ min: 1, max: 255 }),
      phone: py.optional(py.str({ pattern: /^\+\d{10,15}$/ })),
      timezone: py.str({ min: 1, max: 50 }).default('UTC'),
    }),
    responses: {
      201: z.strictObject({
        user_id: z.int(),
        email: z.string(),
        status: z.enum(['pending_verification']),
        verification_email_sent: z.boolean(),
        created_at: z.string(),
      }),
      400: refused(),
      409: refused(),
      429: tooMany(),
    },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.3; the fake never has too many; inferred: the body, what makes a password too weak, and the words of the refusals',
    examples: {
      made: {
        body: { email: 'new@example.com', password: 'Correct-Horse-9', name: 'New Person' },
        reply: {
          status: 201,
          body: { user_id: 1001, email: 'new@example.com', status: 'pending_verification', verification_email_sent: true, created_at: '2026-01-17T09:15:30' },
        },
      },
      taken: {
        body: { email: 'user_123@example.com', password: 'Correct-Horse-9', name: 'Second Asha' },
        reply: { status: 409, body: { detail: 'Email already registered' } },
      },
      weak: {
        body: { email: 'new@example.com', password: 'password', name: 'New Person' },
        reply: { status: 400, body: { detail: 'Password must contain upper and lower case letters and a digit' } },
      },
    },
  })),
  login: post('/v1/auth/login', () => ({
    summary: 'Opens a session: an access token for 15 minutes, and a cookie that renews it. Number 123 of the seed world has the password Mock-Password-123.',
    body: py.object({ email: py.email(), password: py.str().meta({ secret: true }) }),
    responses: {
      200: {
        body: z.union([session(), challenge()]),
        headers: { 'set-cookie': z.string().optional() },
      },
      401: refused(),
      403: refused(),
      429: tooMany(),
    },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.3; the fake knows nobody with a second factor; inferred: that five wrong passwords in 15 minutes are too many, and the words of 403 and 429',
    examples: {
      in: {
        body: asha,
        reply: {
          status: 200,
          body: {
            access_token: 'eyJhbGciOiJSUzI1NiIs…',
            token_type: 'Bearer',
            expires_in: 900,
            user: { user_id: 123, email: 'user_123@example.com', name: 'Asha Rao', roles: ['user'], mfa_enabled: false },
            refresh_token: null,
          },
        },
      },
      wrong: {
        body: { email: 'user_123@example.com', password: 'guess' },
        reply: { status: 401, body: { detail: 'Invalid email or password' } },
      },
      shut: {
        body: { email: 'user_deactivated@example.com', password: 'Mock-Password-14' },
        reply: { status: 403, body: { detail: 'Account has been deactivated' } },
      },
    },
  })),
  refresh: post('/v1/auth/refresh', () => ({
    summary: 'A new access token for the cookie `__Secure-refresh_token`.',
    responses: { 200: z.strictObject(granted()), 401: refused(), 403: refused() },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the reply, and the words of the refusals',
    examples: {
      renewed: {
        after: [{ operation: 'login', body: asha }],
        headers: { cookie: `__Secure-refresh_token=${REFRESH}` },
        reply: { status: 200, body: { access_token: 'eyJhbGciOiJSUzI1NiIs…', token_type: 'Bearer', expires_in: 900 } },
      },
      missing: { reply: { status: 401, body: { detail: 'Refresh token missing' } } },
    },
  })),
  logout: post('/v1/auth/logout', () => ({
    summary: 'Ends the session: its access token is refused from now on, its cookie too.',
    responses: { 200: { body: z.strictObject({ message: z.string() }), headers: cookie() } },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the reply; that tokens can be revoked from C2 §11.1',
    examples: { out: { reply: { status: 200, body: { message: 'Logged out successfully' } } } },
  })),
  getJwks: get('/v1/auth/.well-known/jwks.json', () => ({ ...jwks(), evidence: 'provider', source: 'C1 §8.3' })),
  getJwksOfFleet: get('/auth/.well-known/jwks.json', () => ({ ...jwks(), evidence: 'client', source: 'C1 §8.4' })),
  getJwksOfOrders: get('/api/v1/auth/.well-known/jwks.json', () => ({ ...jwks(), evidence: 'client', source: 'C2 §11.1' })),
}
