import * as z from 'zod'
import { del, get, once, patch, post, put } from '../kit/contract.ts'
import { accessToken, adminToken } from './credentials.ts'
import { accountStatuses } from './permissions.ts'
import { py } from './py.ts'
import { nobody, refused } from './refused.ts'

/** The roles that the new generation hands out; everybody is a `user`. */
export const roles = ['user', 'admin', 'compliance'] as const

const status = once(() => z.enum(accountStatuses))
const byNumber = once(() => py.object({ user_id: py.int() }))

const person = once(() =>
  z.strictObject({
    user_id: z.int(),
    email: z.string(),
    name: z.string(),
    phone: z.string(),
    timezone: z.string(),
    status: status(),
    roles: z.array(z.enum(roles)),
    mfa_enabled: z.boolean(),
    created_at: z.string(),
  }),
)

const preferences = once(() =>
  z.strictObject({ user_id: z.int(), default_trading_account_id: z.int().nullable(), preferences: z.record(z.string(), z.json()) }),
)

const rolesOf = once(() => z.strictObject({ user_id: z.int(), roles: z.array(z.enum(roles)) }))

const asha = {
  user_id: 123,
  email: 'user_123@example.com',
  name: 'Asha Rao',
  phone: '+919800000123',
  timezone: 'Asia/Kolkata',
  status: 'active',
  roles: ['user'],
  mfa_enabled: false,
  created_at: '2025-06-18T09:00:00',
}
const unknown = { params: { user_id: '999' }, reply: nobody('999') }

/** The people of the new generation, who are numbered. */
export const peopleOperations = {
  getMe: get('/v1/users/me', () => ({
    summary: 'Whoever asks.',
    responses: { 200: person() },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the members',
    examples: { asha: { reply: { status: 200, body: asha } } },
  })),
  updateMe: patch('/v1/users/me', () => ({
    summary: 'Changes one’s own name, phone or timezone; what is left out stays.',
    body: py.object({
      name: py.optional(py.str({ min: 1, max: 255 })),
      phone: py.optional(py.str({ pattern: /^\+\d{10,15}$/ })),
      timezone: py.optional(py.str({ min: 1, max: 50 })),
    }),
    responses: { 200: person() },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the members; the form of a phone number from §8.2',
    examples: { moved: { body: { timezone: 'Asia/Dubai' }, reply: { status: 200, body: { ...asha, timezone: 'Asia/Dubai' } } } },
  })),
  getPreferences: get('/v1/users/me/preferences', () => ({
    summary: 'The preferences of whoever asks.',
    responses: { 200: preferences() },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3',
    examples: {
      usual: { reply: { status: 200, body: { user_id: 123, default_trading_account_id: 1, preferences: { timezone: 'Asia/Kolkata' } } } },
    },
  })),
  updatePreferences: put('/v1/users/me/preferences', () => ({
    summary: 'Merges preferences into those there are: objects member by member, lists replaced, null removes.',
    body: py.object({ default_trading_account_id: py.optional(py.int()), preferences: py.optional(py.dict(py.any())) }),
    responses: { 200: preferences(), 404: refused() },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the 404 for an account that one may not view',
    examples: {
      merged: {
        body: { preferences: { theme: 'dark', timezone: null } },
        reply: { status: 200, body: { user_id: 123, default_trading_account_id: 1, preferences: { theme: 'dark' } } },
      },
      foreign: {
        body: { default_trading_account_id: 999 },
        reply: { status: 404, body: { detail: 'Trading account 999 not found' } },
      },
    },
  })),
  getUserV1: get('/v1/users/:user_id', () => ({
    summary: 'What everybody may know of a person. `/v1/users/statistics` ends here too, as a number that is none.',
    params: byNumber(),
    responses: { 200: z.strictObject({ user_id: z.int(), name: z.string(), status: status(), created_at: z.string() }), 404: refused() },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: that a token is needed',
    examples: {
      known: {
        params: { user_id: '123' },
        reply: { status: 200, body: { user_id: 123, name: 'Asha Rao', status: 'active', created_at: '2025-06-18T09:00:00' } },
      },
      unknown,
    },
  })),
  deactivateUser: post('/v1/users/:user_id/deactivate', () => ({
    summary: 'Shuts a person out, and ends their sessions.',
    params: byNumber(),
    body: py.object({ reason: py.str({ min: 10, max: 500 }), revoke_sessions: py.bool().default(true) }),
    responses: { 200: z.strictObject({ user_id: z.int(), status: status(), reason: z.string(), sessions_revoked: z.int() }), 404: refused() },
    auth: adminToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the reply, and that it takes an admin',
    examples: {
      shut: {
        params: { user_id: '456' },
        body: { reason: 'Asked to leave us', revoke_sessions: true },
        reply: { status: 200, body: { user_id: 456, status: 'deactivated', reason: 'Asked to leave us', sessions_revoked: 0 } },
      },
      unknown: { ...unknown, body: { reason: 'Asked to leave us' } },
    },
  })),
  assignRole: post('/v1/users/:user_id/roles', () => ({
    summary: 'Gives a person a role.',
    params: byNumber(),
    body: py.object({ role: py.enum(roles, 'UserRole') }),
    responses: { 200: rolesOf(), 404: refused() },
    auth: adminToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the body, the reply, and that it takes an admin',
    examples: {
      given: { params: { user_id: '123' }, body: { role: 'compliance' }, reply: { status: 200, body: { user_id: 123, roles: ['user', 'compliance'] } } },
      unknown: { ...unknown, body: { role: 'compliance' } },
    },
  })),
  revokeRole: del('/v1/users/:user_id/roles/:role', () => ({
    summary: 'Takes a role away; being a user is not one that can be taken.',
    params: py.object({ user_id: py.int(), role: py.enum(roles, 'UserRole') }),
    responses: { 200: rolesOf(), 400: refused(), 404: refused() },
    auth: adminToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the replies, and that it takes an admin',
    examples: {
      taken: { params: { user_id: '123', role: 'compliance' }, reply: { status: 200, body: { user_id: 123, roles: ['user'] } } },
      least: { params: { user_id: '123', role: 'user' }, reply: { status: 400, body: { detail: 'The role user cannot be revoked' } } },
    },
  })),
}
