import * as z from 'zod'
import { get, once, post } from '../kit/contract.ts'
import { rights } from './accounts.ts'
import { serviceToken } from './credentials.ts'
import { py } from './py.ts'
import { refused } from './refused.ts'

const question = once(() => py.object({ subject: py.str(), action: py.str(), resource: py.str(), context: py.optional(py.dict(py.any())) }))
const useCache = once(() => py.object({ use_cache: py.bool().default(true) }))

const decisions = ['allow', 'deny', 'default_deny'] as const

const answer = once(() =>
  z.strictObject({
    allowed: z.boolean(),
    decision: z.enum([...decisions, 'error']),
    matched_policy: z.string().nullable(),
    reason: z.string(),
    cached: z.boolean(),
  }),
)

const policy = once(() =>
  z.strictObject({
    policy_id: z.string(),
    name: z.string(),
    effect: z.enum(['allow', 'deny']),
    subjects: z.array(z.string()),
    actions: z.array(z.string()),
    resources: z.array(z.string()),
    condition: z.string().nullable(),
    priority: z.int(),
    enabled: z.boolean(),
  }),
)

const trade = { subject: 'user:123', action: 'trade', resource: 'trading_account:1' }
const allowed = {
  allowed: true,
  decision: 'allow',
  matched_policy: 'account-members',
  reason: 'Allowed by policy: account-members',
  cached: false,
}
const noPolicy = { allowed: false, decision: 'default_deny', matched_policy: null, reason: 'No matching policy', cached: false }

/** The policy decision point: nobody needs a credential to ask (C1 §8.3). */
export const authzOperations = {
  checkAuthorization: post('/v1/authz/check', () => ({
    summary: 'Whether a subject may do something to a resource; the answer is kept for 60 seconds.',
    query: useCache(),
    body: question(),
    responses: { 200: answer(), 400: refused() },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the words of the reasons, and the 400 for a subject that is not kind:id',
    examples: {
      allowed: { body: trade, reply: { status: 200, body: allowed } },
      denied: { body: { ...trade, subject: 'user:789' }, reply: { status: 200, body: noPolicy } },
      nonsense: { body: { ...trade, subject: 'nonsense' }, reply: { status: 400, body: { detail: 'Invalid subject: nonsense' } } },
    },
  })),
  checkAuthorizations: post('/v1/authz/check/bulk', () => ({
    summary: 'Up to a hundred questions; one that goes wrong is denied and leaves the others alone.',
    query: useCache(),
    body: py.object({ checks: py.list(question(), { min: 1, max: 100 }) }),
    responses: {
      200: z.strictObject({ results: z.array(answer()), summary: z.strictObject({ allowed: z.int(), denied: z.int(), cached: z.int() }) }),
    },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.3',
    examples: {
      two: {
        body: { checks: [trade, { ...trade, subject: 'user:789' }] },
        reply: { status: 200, body: { results: [allowed, noPolicy], summary: { allowed: 1, denied: 1, cached: 0 } } },
      },
    },
  })),
  listPolicies: get('/v1/authz/policies', () => ({
    summary: 'The policies, the first to be asked first.',
    responses: { 200: z.strictObject({ policies: z.array(policy()), total: z.int() }) },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the reply, and that no credential is needed',
    examples: {
      one: {
        reply: {
          status: 200,
          body: {
            policies: [
              {
                policy_id: 'inactive-denied',
                name: 'Who is not active may do nothing',
                effect: 'deny',
                subjects: ['user:*'],
                actions: ['*'],
                resources: ['*'],
                condition: 'inactive',
                priority: 1000,
                enabled: true,
              },
            ],
            total: 8,
          },
        },
      },
    },
  })),
  checkAccountPermission: post('/v1/authz/permissions/check', () => ({
    summary: 'Whether a person may view, trade or manage an account, and why.',
    body: py.object({ user_id: py.int(), trading_account_id: py.int(), permission: py.enum(rights, 'TradingPermission') }),
    responses: {
      200: z.strictObject({
        has_permission: z.boolean(),
        permission_source: z.enum(['owner', 'membership']).nullable(),
        membership_role: z.enum(['viewer', 'trader', 'manager']).nullable(),
      }),
    },
    auth: false,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the names of the roles',
    examples: {
      owner: {
        body: { user_id: 123, trading_account_id: 1, permission: 'manage' },
        reply: { status: 200, body: { has_permission: true, permission_source: 'owner', membership_role: null } },
      },
      member: {
        body: { user_id: 456, trading_account_id: 1, permission: 'view' },
        reply: { status: 200, body: { has_permission: true, permission_source: 'membership', membership_role: 'viewer' } },
      },
    },
  })),
  invalidateCache: post('/v1/authz/cache/invalidate', () => ({
    summary: 'Forgets the kept answers about a subject, resource or action, or all of them.',
    body: py.object({
      subject: py.optional(py.str()),
      resource: py.optional(py.str()),
      action: py.optional(py.str()),
      invalidate_all: py.bool().default(false),
    }),
    responses: { 200: z.strictObject({ invalidated_keys: z.int(), message: z.string() }) },
    auth: serviceToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the words of the message',
    examples: {
      subject: {
        after: [{ operation: 'checkAuthorization', body: trade }],
        body: { subject: 'user:123' },
        reply: { status: 200, body: { invalidated_keys: 1, message: 'Invalidated 1 cache entries' } },
      },
    },
  })),
}
