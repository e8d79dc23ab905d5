import * as z from 'zod'
import { table } from '../kit/table.ts'

const Account = () =>
  z.strictObject({
    trading_account_id: z.int(),
    /** The owner. */
    user_id: z.string(),
    broker: z.string(),
    broker_user_id: z.string(),
    account_name: z.string(),
    status: z.enum(['ACTIVE', 'INACTIVE']),
    created_at: z.iso.datetime(),
  })

const Membership = () =>
  z.strictObject({ membership_id: z.string(), trading_account_id: z.int(), user_id: z.string(), role: z.enum(['viewer', 'trader', 'manager']) })

const Policy = () =>
  z.strictObject({
    policy_id: z.string(),
    name: z.string(),
    effect: z.enum(['allow', 'deny']),
    /** `user:*`, `service:*`, or `role:admin` for whoever has that role; `*` stands for anything. */
    subjects: z.array(z.string()),
    actions: z.array(z.string()),
    resources: z.array(z.string()),
    /** What must also be true of the person. */
    condition: z.enum(['inactive', 'holds_right', 'has_permission', 'is_self', 'has_fo_access']).nullable(),
    /** The highest is asked first. */
    priority: z.int(),
    enabled: z.boolean(),
  })

const Decision = () =>
  z.strictObject({
    /** Subject, action and resource, as JSON. */
    question: z.string(),
    subject: z.string(),
    action: z.string(),
    resource: z.string(),
    decision: z.enum(['allow', 'deny', 'default_deny']),
    matched_policy: z.string().nullable(),
    reason: z.string(),
    /** Milliseconds since 1970, here and below. */
    decided_at: z.int(),
  })

const Preference = () => z.strictObject({ user_id: z.string(), default_trading_account_id: z.int().nullable(), preferences: z.record(z.string(), z.json()) })

/** Roles that the platform does not know of otherwise. */
const Grant = () => z.strictObject({ user_id: z.string(), compliance: z.boolean() })

/** Of those who chose one or tried one. A fake's passwords are there to be read by whoever writes a test. */
const Password = () => z.strictObject({ user_id: z.string(), password: z.string(), failed_at: z.array(z.int()) })

const Session = () =>
  z.strictObject({
    session_id: z.string(),
    user_id: z.string(),
    refresh_token: z.string(),
    created_at: z.int(),
    expires_at: z.int(),
    ended: z.boolean(),
  })

const Key = () =>
  z.strictObject({
    key_id: z.string(),
    user_id: z.string(),
    name: z.string(),
    key_prefix: z.string(),
    scopes: z.array(z.string()),
    rate_limit_tier: z.enum(['free', 'standard', 'premium', 'unlimited']),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
  })

export type Account = z.output<ReturnType<typeof Account>>
export type Membership = z.output<ReturnType<typeof Membership>>
export type Policy = z.output<ReturnType<typeof Policy>>
export type Decision = z.output<ReturnType<typeof Decision>>
export type Preference = z.output<ReturnType<typeof Preference>>
export type Session = z.output<ReturnType<typeof Session>>
export type Key = z.output<ReturnType<typeof Key>>

/** What the user service remembers besides the people themselves, who are the world's. */
export const tables = {
  accounts: table(Account, { key: 'trading_account_id', indexes: ['user_id', 'broker_user_id'] }),
  memberships: table(Membership, { key: 'membership_id', indexes: ['user_id'] }),
  policies: table(Policy, { key: 'policy_id' }),
  decisions: table(Decision, { key: 'question' }),
  preferences: table(Preference, { key: 'user_id' }),
  grants: table(Grant, { key: 'user_id' }),
  passwords: table(Password, { key: 'user_id' }),
  sessions: table(Session, { key: 'session_id', indexes: ['user_id', 'refresh_token'] }),
  keys: table(Key, { key: 'key_id', indexes: ['user_id'] }),
}
