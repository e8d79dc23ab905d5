import * as z from 'zod'
import { get, once, post } from '../kit/contract.ts'
import { accessToken, internalKey, internalKeyIfAny } from './credentials.ts'
import { py } from './py.ts'
import { refused } from './refused.ts'

/** What one may do with a trading account, each including those before it. */
export const rights = ['view', 'trade', 'manage'] as const

const right = once(() => z.enum(rights))

const account = once(() =>
  z.strictObject({
    trading_account_id: z.int(),
    user_id: z.int(),
    broker: z.string(),
    broker_user_id: z.string(),
    account_name: z.string(),
    status: z.enum(['ACTIVE', 'INACTIVE']),
    created_at: z.string(),
  }),
)

const accounts = once(() => z.strictObject({ accounts: z.array(account()), total: z.int() }))

/** One account as a certain person has it. */
const held = once(() => account().extend({ is_owner: z.boolean(), permissions: z.array(right()) }))
const holdings = once(() => z.strictObject({ accounts: z.array(held()), total: z.int() }))

const byAccount = once(() => py.object({ trading_account_id: py.int() }))
const statusFilter = once(() => py.object({ requesting_service: py.optional(py.str()), status_filter: py.optional(py.str()) }))

const first = {
  trading_account_id: 1,
  user_id: 123,
  broker: 'kite',
  broker_user_id: 'AB1230',
  account_name: 'Primary',
  status: 'ACTIVE',
  created_at: '2025-07-01T09:00:00',
}
const former = { ...first, trading_account_id: 2, broker: 'upstox', broker_user_id: 'UP1231', account_name: 'Former', status: 'INACTIVE' }
const zerodha = { ...first, trading_account_id: 4, user_id: 7, broker: 'zerodha', broker_user_id: 'KS0070' }
const mine = {
  status: 200,
  body: {
    accounts: [
      { ...first, is_owner: true, permissions: [...rights] },
      { ...former, is_owner: true, permissions: ['view'] },
    ],
    total: 2,
  },
}
const inactive = { query: { requesting_service: 'ticker_service', status_filter: 'INACTIVE' }, reply: { status: 200, body: { accounts: [former], total: 1 } } }
const noAccount = { status: 404, body: { detail: 'Trading account 999 not found' } }

const internalList = once(() => ({
  summary: 'Every account, for services; the token is taken and not looked at.',
  query: statusFilter(),
  responses: { 200: accounts() },
  auth: false as const,
}))

/** Trading accounts: as the order service and the ticker ask for them, and as the new generation serves them. */
export const accountOperations = {
  checkPermissions: post('/api/v1/permissions/check', () => ({
    summary: 'Whether a person may do all this with an account; anything but a 200 means no to the order service.',
    body: py.object({
      user_id: py.int(),
      trading_account_id: py.union([py.int(), py.str()]),
      required_permissions: py.list(py.str()),
    }),
    responses: {
      200: z.strictObject({
        has_access: z.boolean().meta({ readBy: ['order_service permissions.py'] }),
        access_level: z.enum(['owner', 'manager', 'trader', 'viewer', 'none']).meta({ readBy: ['order_service permissions.py'] }),
        permissions: z.array(right()).meta({ readBy: ['order_service permissions.py'] }),
      }),
    },
    auth: internalKey,
    evidence: 'client',
    source: 'C1 §8.4; inferred: the names of the levels',
    examples: {
      owner: {
        body: { user_id: 123, trading_account_id: 1, required_permissions: ['trade'] },
        reply: { status: 200, body: { has_access: true, access_level: 'owner', permissions: [...rights] } },
      },
      viewer: {
        body: { user_id: 456, trading_account_id: 1, required_permissions: ['trade'] },
        reply: { status: 200, body: { has_access: false, access_level: 'viewer', permissions: ['view'] } },
      },
    },
  })),
  getAccountBasics: get('/api/v1/trading-accounts-integration/:trading_account_id/basic', () => ({
    summary: 'One trading account.',
    params: byAccount(),
    responses: { 200: account(), 404: refused() },
    auth: internalKeyIfAny,
    evidence: 'client',
    source: 'C1 §8.4; inferred: the members',
    examples: {
      known: { params: { trading_account_id: '1' }, reply: { status: 200, body: first } },
      unknown: { params: { trading_account_id: '999' }, reply: noAccount },
    },
  })),
  queryAccounts: post('/api/v1/trading-accounts-integration/bulk-query', () => ({
    summary: 'Several trading accounts at once; with a person, only those that this person may view.',
    // The bound of the column; without it an id could not be told back to the digit.
    body: py.object({ trading_account_ids: py.list(py.int({ le: 2_147_483_647, ge: -2_147_483_648 })), user_id: py.optional(py.int()) }),
    responses: { 200: accounts().extend({ not_found: z.array(z.int()) }) },
    auth: internalKeyIfAny,
    evidence: 'client',
    source: 'C1 §8.4; inferred: the reply',
    examples: {
      some: {
        body: { trading_account_ids: [1, 999], user_id: 123 },
        reply: { status: 200, body: { accounts: [first], total: 1, not_found: [999] } },
      },
    },
  })),
  getAccountsOfUser: get('/api/v1/trading-accounts-integration/user/:user_id/accounts', () => ({
    summary: 'The accounts of a person, and on request those shared with this person.',
    params: py.object({ user_id: py.int() }),
    query: py.object({ include_shared: py.bool().default(false) }),
    responses: { 200: holdings(), 404: refused() },
    auth: internalKeyIfAny,
    evidence: 'client',
    source: 'C1 §8.4; inferred: the reply',
    examples: {
      own: { params: { user_id: '123' }, query: { include_shared: 'true' }, reply: mine },
      unknown: { params: { user_id: '999' }, reply: { status: 404, body: { detail: 'User 999 not found' } } },
    },
  })),
  getActiveAccounts: get('/api/v1/trading-accounts-integration/active', () => ({
    summary: 'The accounts of one status, ACTIVE unless told otherwise, of one broker or of all.',
    query: py.object({ status_filter: py.str().default('ACTIVE'), broker: py.optional(py.str()) }),
    responses: { 200: accounts() },
    auth: internalKeyIfAny,
    evidence: 'client',
    source: 'C1 §8.4; inferred: the reply',
    examples: { one: { query: { status_filter: 'ACTIVE', broker: 'zerodha' }, reply: { status: 200, body: { accounts: [zerodha], total: 1 } } } },
  })),
  getAccountByBrokerUser: get('/api/v1/trading-accounts-integration/by-broker-user-id/:broker_user_id', () => ({
    summary: 'The account that a broker knows under this name.',
    responses: { 200: account(), 404: refused() },
    auth: internalKeyIfAny,
    evidence: 'client',
    source: 'C1 §8.4; inferred: the reply',
    examples: { known: { params: { broker_user_id: 'AB1230' }, reply: { status: 200, body: first } } },
  })),
  getInternalAccounts: get('/api/v1/trading-accounts/internal', () => ({
    ...internalList(),
    evidence: 'client',
    source: 'C1 §8.4: the ticker, under a prefix that no provider has; inferred: the reply',
    examples: { inactive },
  })),
  getInternalAccountsV1: get('/v1/trading-accounts/internal', () => ({
    ...internalList(),
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the reply',
    examples: { inactive },
  })),
  listMyAccounts: get('/v1/trading-accounts', () => ({
    summary: 'The accounts of whoever asks, and those shared with them.',
    responses: { 200: holdings() },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the reply',
    examples: { own: { reply: mine } },
  })),
  getMyAccounts: get('/v1/users/me/accounts', () => ({
    summary: 'The same, among one’s own things.',
    responses: { 200: holdings() },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the reply',
    examples: { own: { reply: mine } },
  })),
  checkMyAccess: post('/v1/trading-accounts/:trading_account_id/permissions/check', () => ({
    summary: 'Whether whoever asks may do all this with an account; the one in the path counts.',
    params: byAccount(),
    body: py.object({ trading_account_id: py.int(), required_permissions: py.list(py.str()) }),
    responses: { 200: z.strictObject({ has_access: z.boolean(), is_owner: z.boolean(), permissions: z.array(right()), reason: z.string().nullable() }) },
    auth: accessToken,
    evidence: 'provider',
    source: 'C1 §8.3; inferred: the words of the reasons',
    examples: {
      owner: {
        params: { trading_account_id: '1' },
        body: { trading_account_id: 1, required_permissions: ['trade'] },
        reply: { status: 200, body: { has_access: true, is_owner: true, permissions: [...rights], reason: null } },
      },
    },
  })),
}
