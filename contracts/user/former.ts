import * as z from 'zod'
import { del, get, once, post, put } from '../kit/contract.ts'
import { formerToken } from './credentials.ts'
import { py } from './py.ts'
import { refused } from './refused.ts'

/** The roles of the former generation. */
export const formerRoles = ['ADMIN', 'EDITOR', 'VIEWER'] as const

const role = once(() => z.enum(formerRoles))
const name = once(() => py.str({ min: 1, max: 50 }))
const phone = once(() => py.str({ pattern: /^\+\d{10,15}$/ }))
const byNumber = once(() => py.object({ user_id: py.int() }))

const person = once(() => z.strictObject({ id: z.int(), first_name: z.string(), last_name: z.string(), email: z.string(), phone: z.string(), role: role() }))

const asha = { id: 123, first_name: 'Asha', last_name: 'Rao', email: 'user_123@example.com', phone: '+919800000123', role: 'EDITOR' }
const created = { first_name: 'New', last_name: 'Person', email: 'new@example.com', phone: '+919812345678' }
const unknown = { params: { user_id: '999' }, reply: { status: 404, body: { detail: 'User not found' } } }
const source = 'C1 §8.2; inferred: the members of the reply, and the words of the refusals'

/** The former generation, without prefixes: people by number, and a login for forms. It knows no status: whoever is deactivated is gone. */
export const formerOperations = {
  formerLogin: post('/auth/login', () => ({
    summary: 'A token for an OAuth2 form; the name is an e-mail address or an id.',
    consumes: 'form',
    body: py.object({
      username: py.str(),
      password: py.str().meta({ secret: true }),
      grant_type: py.optional(py.str({ pattern: /^password$/ })),
      scope: py.str().default(''),
    }),
    responses: { 200: z.strictObject({ access_token: z.string().meta({ secret: true }), token_type: z.literal('bearer') }), 401: refused() },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.2',
    examples: {
      in: {
        body: { username: 'user_123', password: 'Mock-Password-123' },
        reply: { status: 200, body: { access_token: 'eyJhbGciOiJSUzI1NiIs…', token_type: 'bearer' } },
      },
      admin: {
        body: { username: 'user_admin', password: 'Mock-Password-2' },
        reply: { status: 200, body: { access_token: 'eyJhbGciOiJSUzI1NiIs…', token_type: 'bearer' } },
      },
      wrong: {
        body: { username: 'user_123', password: 'guess' },
        reply: { status: 401, body: { detail: 'Invalid username or password' } },
      },
    },
  })),
  formerLogout: post('/auth/logout', () => ({
    summary: 'Ends the session.',
    responses: { 200: z.strictObject({ message: z.string() }) },
    auth: formerToken,
    evidence: 'provider',
    source: 'C1 §8.2; inferred: the reply',
    examples: { out: { reply: { status: 200, body: { message: 'Logged out successfully' } } } },
  })),
  formerMe: get('/auth/me', () => ({
    summary: 'Whoever asks.',
    responses: {
      200: z.strictObject({
        id: z.int(),
        email: z.string(),
        username: z.string(),
        role: role(),
        keycloak_roles: z.array(z.string()),
        permissions: z.array(z.string()),
        groups: z.array(z.string()),
      }),
    },
    auth: formerToken,
    evidence: 'provider',
    source: 'C1 §8.2',
    examples: {
      asha: {
        reply: {
          status: 200,
          body: {
            id: 123,
            email: 'user_123@example.com',
            username: 'user_123',
            role: 'EDITOR',
            keycloak_roles: ['user'],
            permissions: ['read_signals', 'access_market_data', 'execute_custom_functions', 'upload_functions', 'high_resource_limits'],
            groups: [],
          },
        },
      },
    },
  })),
  createUser: post('/users/', () => ({
    summary: 'Makes a person, with 200 where one expects 201.',
    body: py.object({
      first_name: name(),
      last_name: name(),
      email: py.email(),
      phone: phone(),
      role: py.enum(formerRoles, 'UserRole').default('VIEWER'),
    }),
    responses: { 200: person(), 400: refused() },
    auth: formerToken,
    evidence: 'provider',
    source,
    examples: {
      made: { body: created, reply: { status: 200, body: { ...created, id: 1001, role: 'VIEWER' } } },
      taken: { body: { ...created, email: 'user_123@example.com' }, reply: { status: 400, body: { detail: 'Email already registered' } } },
    },
  })),
  getUser: get('/users/:user_id', () => ({
    summary: 'A person by number.',
    params: byNumber(),
    responses: { 200: person(), 404: refused() },
    auth: formerToken,
    evidence: 'provider',
    source,
    examples: { known: { params: { user_id: '123' }, reply: { status: 200, body: asha } }, unknown },
  })),
  updateUser: put('/users/:user_id', () => ({
    summary: 'Changes what is sent of a person.',
    params: byNumber(),
    body: py.object({
      first_name: py.optional(name()),
      last_name: py.optional(name()),
      email: py.optional(py.email()),
      phone: py.optional(phone()),
      role: py.optional(py.enum(formerRoles, 'UserRole')),
    }),
    responses: { 200: person(), 400: refused(), 404: refused() },
    auth: formerToken,
    evidence: 'provider',
    source,
    examples: {
      renamed: { params: { user_id: '123' }, body: { last_name: 'Menon' }, reply: { status: 200, body: { ...asha, last_name: 'Menon' } } },
      unknown: { ...unknown, body: { last_name: 'Menon' } },
    },
  })),
  deleteUser: del('/users/:user_id', () => ({
    summary: 'Lets a person go; the new generation remembers them as deactivated.',
    params: byNumber(),
    responses: { 200: z.strictObject({ message: z.string() }), 404: refused() },
    auth: formerToken,
    evidence: 'provider',
    source,
    examples: { gone: { params: { user_id: '789' }, reply: { status: 200, body: { message: 'User deleted successfully' } } }, unknown },
  })),
  searchUsers: get('/users/search/:term', () => ({
    summary: 'People whose name or e-mail address has the term in it, whatever its case.',
    responses: { 200: z.array(person()) },
    auth: formerToken,
    evidence: 'provider',
    source,
    examples: { one: { params: { term: 'asha' }, reply: { status: 200, body: [asha] } } },
  })),
}
