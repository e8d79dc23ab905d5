import type * as z from 'zod'
import type { User } from '../world/users.ts'
import type { Around } from './handlers.ts'
import type { Preference } from './tables.ts'

type Json = z.core.util.JSONType
type JsonObject = Preference['preferences']

/** A person's preferences; those of whoever never chose any are the platform's. Every fake reads the timezone from the world. */
export function preferencesOf({ tables }: Pick<Around, 'tables'>, user: User): Preference {
  const chosen = tables.preferences.get(user.user_id)
  if (chosen === undefined) {
    const [first] = tables.accounts.where('user_id', user.user_id)
    return { user_id: user.user_id, default_trading_account_id: first?.trading_account_id ?? null, preferences: { timezone: user.timezone } }
  }
  const { preferences } = chosen
  return { ...chosen, preferences: isTimezone(preferences.timezone) ? { ...preferences, timezone: user.timezone } : preferences }
}

/** Merges what is sent into what there is, and lets the other fakes know of a new timezone. */
export function mergePreferences(
  around: Around,
  user: User,
  patch: { default_trading_account_id: number | null; preferences: Record<string, Json> | null },
): void {
  const before = preferencesOf(around, user)
  const preferences = merge(before.preferences, patch.preferences ?? {})
  around.tables.preferences.put({
    user_id: user.user_id,
    default_trading_account_id: patch.default_trading_account_id ?? before.default_trading_account_id,
    preferences,
  })
  if (isTimezone(preferences.timezone)) around.world.users.update(user.user_id, { timezone: preferences.timezone })
}

const isTimezone = (value: Json | undefined): value is string => typeof value === 'string' && value !== ''

/** Objects member by member; lists and plain values replace; null removes. */
function merge(into: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(into))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, isObject(value) ? merge(objectOr(merged.get(name)), value) : value)
  }
  return Object.fromEntries(merged)
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

const objectOr = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
