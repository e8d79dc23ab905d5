import { naive } from '../../contracts/kit/fastapi/naive.ts'
import type { accountOperations } from '../../contracts/user/accounts.ts'
import type { User } from '../world/users.ts'
import { caller } from './caller.ts'
import { byNumber } from './directory.ts'
import type { Around, Handlers } from './handlers.ts'
import { accountsOf, includesAll, standingOn } from './rights.ts'
import type { Account } from './tables.ts'

export const accounts: Handlers<typeof accountOperations> = {
  checkPermissions(call) {
    const { user_id, trading_account_id, required_permissions } = call.body
    const standing = standingOn(call, byNumber(call.world, user_id), call.tables.accounts.get(Number(trading_account_id)))
    return { status: 200, body: { has_access: includesAll(standing, required_permissions), access_level: standing.level, permissions: standing.permissions } }
  },

  getAccountBasics: (call) => oneReply(call, call.tables.accounts.get(call.params.trading_account_id), String(call.params.trading_account_id)),
  getAccountByBrokerUser: (call) => oneReply(call, call.tables.accounts.where('broker_user_id', call.params.broker_user_id)[0], call.params.broker_user_id),

  queryAccounts(call) {
    const { trading_account_ids, user_id } = call.body
    const asked = [...new Set(trading_account_ids)]
    const found = asked.flatMap((id) => call.tables.accounts.get(id) ?? [])
    const seen = user_id === null ? found : found.filter((account) => includesAll(standingOn(call, byNumber(call.world, user_id), account), ['view']))
    return { status: 200, body: { ...listed(call, seen), not_found: asked.filter((id) => !call.tables.accounts.has(id)) } }
  },

  getAccountsOfUser(call) {
    const { user_id } = call.params
    const user = byNumber(call.world, user_id)
    if (user === undefined) return { status: 404, body: { detail: `User ${user_id} not found` } }
    return { status: 200, body: held(call, user, call.query.include_shared) }
  },

  getActiveAccounts({ query, ...call }) {
    const of = ({ status, broker }: Account) => status === query.status_filter && (query.broker === null || broker === query.broker)
    return { status: 200, body: listed(call, call.tables.accounts.all().filter(of)) }
  },

  getInternalAccounts: (call) => internalReply(call),
  getInternalAccountsV1: (call) => internalReply(call),

  listMyAccounts: (call) => ({ status: 200, body: held(call, caller(call), true) }),
  getMyAccounts: (call) => ({ status: 200, body: held(call, caller(call), true) }),

  checkMyAccess(call) {
    const account = call.tables.accounts.get(call.params.trading_account_id)
    const standing = standingOn(call, caller(call), account)
    const has_access = includesAll(standing, call.body.required_permissions)
    const reason = has_access ? null : account === undefined ? 'Trading account not found' : 'Insufficient permissions'
    return { status: 200, body: { has_access, is_owner: standing.level === 'owner', permissions: standing.permissions, reason } }
  },
}

function oneReply(call: Around, account: Account | undefined, asked: string) {
  if (account === undefined) return { status: 404 as const, body: { detail: `Trading account ${asked} not found` } }
  return { status: 200 as const, body: told(call, account) }
}

function internalReply(call: Around & { query: { status_filter: string | null } }) {
  const { status_filter } = call.query
  const found = call.tables.accounts.all().filter(({ status }) => status_filter === null || status === status_filter)
  return { status: 200 as const, body: listed(call, found) }
}

function listed(call: Around, found: readonly Account[]) {
  return { accounts: found.map((account) => told(call, account)), total: found.length }
}

function held(call: Around, user: User, shared: boolean) {
  const accounts = accountsOf(call, user, shared).map((account) => {
    const { level, permissions } = standingOn(call, user, account)
    return { ...told(call, account), is_owner: level === 'owner', permissions }
  })
  return { accounts, total: accounts.length }
}

function told({ world }: Around, account: Account) {
  return { ...account, user_id: world.users.get(account.user_id)?.number ?? 0, created_at: naive(Date.parse(account.created_at)) }
}
