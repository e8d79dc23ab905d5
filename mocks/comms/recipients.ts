import { laxEmail } from '../../contracts/kit/fastapi/lax-email.ts'
import type { User } from '../world/users.ts'
import type { Channel } from './outbox.ts'

interface Users {
  get(user_id: string): User | undefined
  where(member: 'email', value: string): User[]
}

/** Where a user is reached on a channel. */
export function placeOf({ user_id, email, phone }: User, channel: Channel): string {
  if (channel === 'email') return email
  return channel === 'sms' ? phone : user_id
}

/** Whose address it is, if anybody's that the world knows. */
export const ownerOf = (users: Users, address: string | undefined): string | null =>
  address === undefined ? null : (users.where('email', address)[0]?.user_id ?? null)

/** Somebody whom a document's client names: a user, an address, a phone number. */
export function recipient(users: Users, channel: 'email' | 'sms', named: string): { to: string } | { error: string } {
  const user = users.get(named)
  if (user !== undefined) return { to: placeOf(user, channel) }
  return channel === 'email' ? mailAddress(named) : phoneNumber(named)
}

/** An address in the form in which it is written to, or what is wrong with it. */
export function mailAddress(text: string): { to: string } | { error: string } {
  const read = laxEmail(text, { reserved: true })
  return typeof read === 'string' ? { to: read } : { error: String(read.ctx?.reason) }
}

function phoneNumber(text: string): { to: string } | { error: string } {
  return /^\+?[0-9][0-9 ()-]{6,20}$/.test(text) ? { to: dialled(text) } : { error: 'not a phone number.' }
}

/** `+91-98765 43210` as it is dialled: `+919876543210`. */
export const dialled = (number: string): string => number.replace(/[ ()-]/g, '')
