import { naive } from '../../contracts/kit/fastapi/naive.ts'
import type { keyOperations } from '../../contracts/user/keys.ts'
import { caller } from './caller.ts'
import type { Around, Handlers } from './handlers.ts'
import type { Key } from './tables.ts'

/** Requests an hour (C1 §8.3). */
const PER_HOUR: Readonly<Record<Key['rate_limit_tier'], number | null>> = { free: 100, standard: 1000, premium: 10_000, unlimited: null }

export const keys: Handlers<typeof keyOperations> = {
  listKeys(call) {
    const own = call.tables.keys.where('user_id', caller(call).user_id)
    return { status: 200, body: { api_keys: own.map((key) => told(call, key)), total: own.length } }
  },

  getKey(call) {
    const key = ownKey(call)
    return key === undefined ? unknown(call.params) : { status: 200, body: told(call, key) }
  },

  deleteKey(call) {
    const key = ownKey(call)
    if (key === undefined) return unknown(call.params)
    call.tables.keys.delete(key.key_id)
    return { status: 204, body: null }
  },
}

const unknown = ({ key_id }: { key_id: string }) => ({ status: 404 as const, body: { detail: `API key ${key_id} not found` } })

/** Somebody else's key is as unknown as one that never was. */
function ownKey(call: Parameters<typeof caller>[0] & { params: { key_id: string } }): Key | undefined {
  const key = call.tables.keys.get(call.params.key_id)
  return key?.user_id === caller(call).user_id ? key : undefined
}

function told({ clock }: Around, { user_id: _, created_at, expires_at, ...key }: Key) {
  const expired = expires_at !== null && clock.now() >= Date.parse(expires_at)
  return {
    ...key,
    rate_limit_per_hour: PER_HOUR[key.rate_limit_tier],
    status: expired ? ('expired' as const) : ('active' as const),
    created_at: naive(Date.parse(created_at)),
    expires_at: expires_at === null ? null : naive(Date.parse(expires_at)),
  }
}
