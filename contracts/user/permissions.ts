import * as z from 'zod'
import { get, once } from '../kit/contract.ts'
import { internalKeyIfAny } from './credentials.ts'
import { nobody, refused } from './refused.ts'

export const accountStatuses = ['pending_verification', 'active', 'suspended', 'deactivated'] as const

const role = once(() => z.enum(['basic', 'premium', 'admin', 'suspended']))
const tier = once(() => z.enum(['free', 'standard', 'premium', 'enterprise']))
const status = once(() => z.enum(accountStatuses))
const lists = once(() => z.record(z.string(), z.array(z.string())))

/** A superset of the user's document, the tests and what the function executor wants of a person. */
const permissions = once(() =>
  z.strictObject({
    user_id: z.string().meta({ readBy: ['the integration assessment matrix'] }),
    role: role().meta({ readBy: ['external_function_executor'] }),
    permissions: z.array(z.string()).meta({ readBy: ['the integration assessment matrix', 'external_function_executor'] }),
    entitlements: z
      .strictObject({ fo_access: z.boolean(), fo_expiry: z.string().nullable(), tier: tier() })
      .meta({ readBy: ['the integration assessment matrix'] }),
    account_status: status(),
    max_functions: z.int().meta({ readBy: ['external_function_executor'] }),
    max_memory_mb: z.int().meta({ readBy: ['external_function_executor'] }),
    max_timeout: z.int().meta({ readBy: ['external_function_executor'] }),
  }),
)

const profile = once(() =>
  z.strictObject({
    user_id: z.string(),
    name: z.string(),
    email: z.string(),
    phone: z.string(),
    role: role(),
    tier: tier(),
    account_status: status(),
    preferences: z.record(z.string(), z.json()).meta({ readBy: ['app/clients/user_service_client.py'] }),
    watchlist: z.array(z.string()).meta({ readBy: ['app/clients/user_service_client.py'] }),
    custom_lists: lists(),
    created_at: z.string(),
  }),
)

const limits = once(() =>
  z.strictObject({
    max_concurrent_connections: z.int(),
    max_subscriptions_per_connection: z.int(),
    max_subscription_requests: z.int(),
    max_messages_sent: z.int(),
    rapid_subscription_threshold: z.int(),
    burst_message_threshold: z.int(),
  }),
)

const entitlements = once(() =>
  z.strictObject({
    user_id: z.string(),
    tier: tier(),
    account_status: status(),
    /** Here, where a test's sample has it, a list; an object among the permissions. */
    entitlements: z.array(z.enum(['equity', 'fo'])),
    fo_access: z.boolean(),
    fo_expiry: z.string().nullable(),
    active_subscriptions: z.array(z.strictObject({ subscription_id: z.string(), product_id: z.string(), tier: tier(), expires_at: z.string() })),
    limits: limits(),
  }),
)

const unknown = { params: { user_id: 'nobody' }, reply: nobody('nobody') }
const asha = {
  user_id: 'user_123',
  name: 'Asha Rao',
  email: 'user_123@example.com',
  phone: '+919800000123',
  role: 'premium',
  tier: 'premium',
  account_status: 'active',
  preferences: { timezone: 'Asia/Kolkata' },
  watchlist: ['NSE@RELIANCE@EQ', 'NSE@NIFTY@INDEX'],
  custom_lists: { momentum: ['NSE@INFY@EQ', 'NSE@TCS@EQ'] },
  created_at: '2025-06-18T09:00:00',
}

/** What the signal service and the user's documents ask about a person: by name, number or subject (`user_123`, `123`, `user:123`). */
export const permissionOperations = {
  getPermissions: get('/api/v1/users/:user_id/permissions', () => ({
    summary: 'What a person may do. The client sends no credential, and asks four times when refused.',
    responses: { 200: permissions(), 404: refused() },
    auth: internalKeyIfAny,
    evidence: 'client',
    source: 'C1 §8.1 US-1, US-3',
    examples: {
      premium: {
        params: { user_id: 'user_123' },
        reply: {
          status: 200,
          body: {
            user_id: 'user_123',
            role: 'premium',
            permissions: ['read_signals', 'access_market_data', 'execute_custom_functions', 'upload_functions', 'high_resource_limits'],
            entitlements: { fo_access: true, fo_expiry: null, tier: 'premium' },
            account_status: 'active',
            max_functions: 10,
            max_memory_mb: 32,
            max_timeout: 10,
          },
        },
      },
      unknown,
    },
  })),
  getProfile: get('/api/v1/users/:user_id/profile', () => ({
    summary: 'Who a person is, with preferences and watchlist.',
    responses: { 200: profile(), 404: refused() },
    auth: internalKeyIfAny,
    evidence: 'client',
    source: 'C1 §8.1 US-2',
    examples: { premium: { params: { user_id: 'user_123' }, reply: { status: 200, body: asha } }, unknown },
  })),
  getUserWatchlist: get('/api/v1/users/:user_id/watchlist', () => ({
    summary: 'The instruments that a person follows, and the lists made of them.',
    responses: { 200: z.strictObject({ user_id: z.string(), symbols: z.array(z.string()), custom_lists: lists() }), 404: refused() },
    auth: internalKeyIfAny,
    evidence: 'document',
    source: 'C1 §8.1',
    examples: {
      some: {
        params: { user_id: 'user_123' },
        reply: { status: 200, body: { user_id: 'user_123', symbols: asha.watchlist, custom_lists: asha.custom_lists } },
      },
      unknown,
    },
  })),
  getWatchlist: get('/api/v1/watchlist/:user_id', () => ({
    summary: 'The same instruments in the shape of the other document.',
    responses: { 200: z.strictObject({ watchlist: z.array(z.string()) }), 404: refused() },
    auth: internalKeyIfAny,
    evidence: 'document',
    source: 'C1 §8.1',
    examples: { some: { params: { user_id: 'user_123' }, reply: { status: 200, body: { watchlist: asha.watchlist } } }, unknown },
  })),
  getEntitlements: get('/api/v1/users/:user_id/entitlements', () => ({
    summary: 'What a person has paid for, and how much of it a minute.',
    responses: { 200: entitlements(), 404: refused() },
    auth: internalKeyIfAny,
    evidence: 'document',
    source: 'C1 §8.1; the limits from §5.4; inferred: that the sample with a list is of this route',
    examples: {
      expired: {
        params: { user_id: 'user_456' },
        reply: {
          status: 200,
          body: {
            user_id: 'user_456',
            tier: 'standard',
            account_status: 'active',
            entitlements: ['equity'],
            fo_access: false,
            fo_expiry: '2026-01-01T00:00:00',
            active_subscriptions: [
              { subscription_id: 'sub_43', product_id: 'prod_momentum_001', tier: 'standard', expires_at: '2027-01-17T09:15:30' },
              { subscription_id: 'sub_49', product_id: 'strat_momentum_01', tier: 'standard', expires_at: '2027-01-17T09:15:30' },
            ],
            limits: {
              max_concurrent_connections: 50,
              max_subscriptions_per_connection: 15,
              max_subscription_requests: 180,
              max_messages_sent: 1500,
              rapid_subscription_threshold: 8,
              burst_message_threshold: 75,
            },
          },
        },
      },
      unknown,
    },
  })),
}
