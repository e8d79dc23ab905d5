import type { World } from '../world/index.ts'
import type { User } from '../world/users.ts'
import type { Around } from './handlers.ts'

export function byNumber(world: World, number: number): User | undefined {
  return world.users.where('number', number)[0]
}

/** `user_123`, `123` and `user:123` are one person. */
export function byAnyName(world: World, name: string): User | undefined {
  const number = /^(?:user:)?(\d{1,15})$/.exec(name)?.[1]
  return world.users.get(name) ?? (number === undefined ? undefined : byNumber(world, Number(number)))
}

/** Adds a person to the world, under the next free number. */
export function admit({ world, clock }: Around, who: Pick<User, 'name' | 'email' | 'phone'> & Partial<User>): User {
  let number = world.users.all().reduce((highest, user) => Math.max(highest, user.number), 1000) + 1
  while (world.users.has(`user_${number}`)) number += 1
  return world.users.insert({
    user_id: `user_${number}`,
    number,
    role: 'basic',
    tier: 'free',
    account_status: 'active',
    permissions: ['read_signals'],
    fo_access: false,
    fo_expiry: null,
    timezone: 'UTC',
    watchlist: [],
    custom_lists: {},
    created_at: clock.iso(),
    ...who,
  })
}
