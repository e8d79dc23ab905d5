import * as z from 'zod'
import { table } from '../kit/table.ts'

export const tiers = ['free', 'standard', 'premium', 'enterprise'] as const

const User = () =>
  z.strictObject({
    user_id: z.string().min(1),
    /** How providers that count their users know this one. */
    number: z.int(),
    name: z.string(),
    /** Any address that a vendor takes: pydantic knows more of them than zod does. */
    email: z.string().regex(/.@./),
    phone: z.string(),
    role: z.enum(['basic', 'premium', 'admin', 'suspended']),
    tier: z.enum(tiers),
    account_status: z.enum(['pending_verification', 'active', 'suspended', 'deactivated']),
    permissions: z.array(z.string()),
    /** Futures and options; the day after which the permission is gone, if there is one. */
    fo_access: z.boolean(),
    fo_expiry: z.iso.datetime().nullable(),
    timezone: z.string(),
    watchlist: z.array(z.string()),
    custom_lists: z.record(z.string(), z.array(z.string())),
    created_at: z.iso.datetime(),
  })

export type User = z.output<ReturnType<typeof User>>

/** Everybody whom the platform knows. */
export const users = table(User, { key: 'user_id', indexes: ['email', 'number'] })

const READER = ['read_signals']
const TRADER = ['read_signals', 'access_market_data', 'execute_custom_functions']
const CREATOR = [...TRADER, 'upload_functions', 'high_resource_limits']
const ADMIN = [...CREATOR, 'admin_functions', 'cross_user_access']

function user(user_id: string, number: number, rest: Partial<User> & Pick<User, 'name'>): User {
  return {
    user_id,
    number,
    email: `${user_id}@example.com`,
    phone: `+9198${String(number).padStart(8, '0')}`,
    role: 'basic',
    tier: 'free',
    account_status: 'active',
    permissions: READER,
    fo_access: false,
    fo_expiry: null,
    timezone: 'Asia/Kolkata',
    watchlist: ['NSE@RELIANCE@EQ'],
    custom_lists: {},
    created_at: '2025-06-18T09:00:00Z',
    ...rest,
  }
}

/** One of each kind, so that every refusal can be met with seed data alone. */
export const userRows: readonly User[] = [
  user('user_123', 123, {
    name: 'Asha Rao',
    role: 'premium',
    tier: 'premium',
    permissions: CREATOR,
    fo_access: true,
    watchlist: ['NSE@RELIANCE@EQ', 'NSE@NIFTY@INDEX'],
    custom_lists: { momentum: ['NSE@INFY@EQ', 'NSE@TCS@EQ'] },
  }),
  user('user_456', 456, { name: 'Vikram Iyer', role: 'premium', tier: 'standard', permissions: CREATOR, fo_access: true, fo_expiry: '2026-01-01T00:00:00Z' }),
  user('user_789', 789, { name: 'Meera Nair' }),
  user('user_7', 7, { name: 'Karan Shah', role: 'premium', tier: 'enterprise', permissions: CREATOR, fo_access: true }),
  user('user_42', 42, { name: 'Divya Menon', role: 'basic', tier: 'standard', permissions: TRADER }),
  user('user_0', 1000, { name: 'Rahul Das' }),
  user('user_1', 1, { name: 'Sana Khan', tier: 'standard', permissions: TRADER }),
  user('user_admin', 2, { name: 'Operations', role: 'admin', tier: 'enterprise', permissions: ADMIN, fo_access: true }),
  user('user_suspended', 13, { name: 'Suspended User', role: 'suspended', account_status: 'suspended', permissions: [] }),
  user('user_deactivated', 14, { name: 'Former User', account_status: 'deactivated', permissions: [] }),
  user('user_pending', 15, { name: 'New User', account_status: 'pending_verification', permissions: [] }),
  user('system', 0, { name: 'System', role: 'admin', tier: 'enterprise', permissions: ADMIN }),
]
