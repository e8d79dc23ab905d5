import type { Account, Key, Membership, Policy } from './tables.ts'

export const seed = () => ({ accounts, memberships, policies, keys })

const account = (trading_account_id: number, user_id: string, broker_user_id: string, rest: Partial<Account> = {}): Account => ({
  trading_account_id,
  user_id,
  broker: 'kite',
  broker_user_id,
  account_name: 'Primary',
  status: 'ACTIVE',
  created_at: '2025-07-01T09:00:00Z',
  ...rest,
})

const accounts: readonly Account[] = [
  account(1, 'user_123', 'AB1230'),
  account(2, 'user_123', 'UP1231', { broker: 'upstox', account_name: 'Former', status: 'INACTIVE' }),
  account(3, 'user_456', 'VI4560'),
  account(4, 'user_7', 'KS0070', { broker: 'zerodha' }),
  account(5, 'user_suspended', 'SU0130'),
]

const member = (trading_account_id: number, user_id: string, role: Membership['role']): Membership => ({
  membership_id: `${trading_account_id}/${user_id}`,
  trading_account_id,
  user_id,
  role,
})

const memberships: readonly Membership[] = [member(1, 'user_456', 'viewer'), member(1, 'user_42', 'trader'), member(4, 'user_1', 'manager')]

function policy(policy_id: string, name: string, priority: number, rest: Partial<Policy>): Policy {
  return { policy_id, name, effect: 'allow', subjects: ['user:*'], actions: ['*'], resources: ['*'], condition: null, priority, enabled: true, ...rest }
}

const policies: readonly Policy[] = [
  policy('inactive-denied', 'Who is not active may do nothing', 1000, { effect: 'deny', condition: 'inactive' }),
  policy('admins-all', 'Admins may do everything', 500, { subjects: ['role:admin'] }),
  policy('account-members', 'Trading accounts, as far as one is owner or member', 100, {
    actions: ['view', 'trade', 'manage'],
    resources: ['trading_account:*'],
    condition: 'holds_right',
  }),
  policy('granted-permissions', 'What one has a permission for', 100, { condition: 'has_permission' }),
  policy('fo-segment', 'Futures and options, while one has access', 100, {
    actions: ['view', 'trade'],
    resources: ['segment:fo'],
    condition: 'has_fo_access',
  }),
  policy('own-things', 'One’s own record', 50, { actions: ['read', 'update'], resources: ['user:*'], condition: 'is_self' }),
  policy('compliance-reads', 'Compliance may look at everybody', 50, {
    subjects: ['role:compliance'],
    actions: ['read', 'view'],
    resources: ['user:*', 'audit:*'],
  }),
  policy('services-read', 'Services may read', 10, { subjects: ['service:*'], actions: ['read', 'view'] }),
]

const key = (key_id: string, user_id: string, name: string, rest: Partial<Key>): Key => ({
  key_id,
  user_id,
  name,
  key_prefix: 'sb_a1b2c3d4',
  scopes: ['read'],
  rate_limit_tier: 'premium',
  created_at: '2025-12-01T09:00:00Z',
  expires_at: null,
  ...rest,
})

const keys: readonly Key[] = [
  key('key_charts', 'user_123', 'Charts', {}),
  key('key_backtest', 'user_123', 'Backtests', { key_prefix: 'sb_e5f60718', rate_limit_tier: 'free', expires_at: '2026-02-01T00:00:00Z' }),
  key('key_bots', 'user_7', 'Bots', { key_prefix: 'sb_9a8b7c6d', scopes: ['read', 'trade'], rate_limit_tier: 'unlimited' }),
]
