import * as z from 'zod'
import { table } from '../kit/table.ts'
import { tiers } from './users.ts'

const Product = () =>
  z.strictObject({
    product_id: z.string().min(1),
    name: z.string(),
    description: z.string(),
    creator_id: z.string(),
    product_type: z.enum(['signal', 'strategy']),
    risk_level: z.enum(['low', 'medium', 'high']),
    subscriber_count: z.int().min(0),
    access_level: z.enum(['free', 'premium', 'subscription']),
    requires_subscription: z.boolean(),
    /** The least tier whose users may have it. */
    tier: z.enum(tiers),
    signals: z.array(
      z.strictObject({ name: z.string(), description: z.string(), indicators: z.array(z.string()), default_params: z.record(z.string(), z.unknown()) }),
    ),
    policy: z.enum(['locked', 'auto', 'range']),
    min_version: z.string().nullable(),
    max_version: z.string().nullable(),
    pinned_version: z.string().nullable(),
    updated_at: z.iso.datetime(),
  })

export type Product = z.output<ReturnType<typeof Product>>

/** What creators sell on the marketplace. */
export const products = table(Product, { key: 'product_id', indexes: ['creator_id'], references: { creator_id: 'users' } })

const Version = () =>
  z.strictObject({
    /** Product and version, joined by `@`. */
    version_id: z.string(),
    product_id: z.string(),
    version: z.string(),
    status: z.enum(['draft', 'published', 'deprecated']),
    created_at: z.iso.datetime(),
    description: z.string(),
    breaking_changes: z.boolean(),
    min_compatible_version: z.string().nullable(),
    /** The Python source that a subscriber's executor runs. */
    script: z.string(),
  })

export type Version = z.output<ReturnType<typeof Version>>

/** The versions of every product. */
export const versions = table(Version, { key: 'version_id', indexes: ['product_id'], references: { product_id: 'products' } })

const momentum = { name: 'momentum', description: 'Momentum score', indicators: ['momentum', 'breakout'], default_params: { period: 14 } }
const reversal = { name: 'mean_reversion', description: 'Distance from the mean', indicators: ['zscore'], default_params: { window: 20, threshold: 2 } }

function product(product_id: string, rest: Partial<Product> & Pick<Product, 'name' | 'creator_id'>): Product {
  return {
    product_id,
    description: rest.name,
    product_type: 'signal',
    risk_level: 'medium',
    subscriber_count: 25,
    access_level: 'subscription',
    requires_subscription: true,
    tier: 'standard',
    signals: [momentum],
    policy: 'auto',
    min_version: null,
    max_version: null,
    pinned_version: null,
    updated_at: '2026-01-10T00:00:00Z',
    ...rest,
  }
}

export const productRows: readonly Product[] = [
  product('prod_momentum_001', { name: 'Momentum Pro', creator_id: 'user_123' }),
  product('prod_123', { name: 'Momentum Classic', creator_id: 'user_456', tier: 'premium' }),
  product('prod_reversal_002', {
    name: 'Mean Reversion',
    creator_id: 'user_456',
    risk_level: 'high',
    signals: [reversal],
    policy: 'range',
    min_version: '1.0.0',
    max_version: '1.9.9',
  }),
  product('prod_pinned_003', { name: 'Steady Breakout', creator_id: 'user_7', policy: 'locked', pinned_version: '1.0.0', tier: 'premium' }),
  product('prod_free_004', {
    name: 'Market Breadth',
    creator_id: 'user_7',
    risk_level: 'low',
    access_level: 'free',
    requires_subscription: false,
    tier: 'free',
    signals: [reversal],
  }),
  product('strat_momentum_01', { name: 'Momentum Strategy', creator_id: 'user_123', product_type: 'strategy' }),
]

function version(product_id: string, number: string, rest: Partial<Version> = {}): Version {
  return {
    version_id: `${product_id}@${number}`,
    product_id,
    version: number,
    status: 'published',
    created_at: '2026-01-05T00:00:00Z',
    description: `Version ${number}`,
    breaking_changes: false,
    min_compatible_version: null,
    script: `# ${product_id} ${number}\ndef on_tick(context):\n    return {"signal": "momentum", "value": context["close"] - context["open"]}\n`,
    ...rest,
  }
}

export const versionRows: readonly Version[] = [
  version('prod_momentum_001', '1.0.0'),
  version('prod_momentum_001', '1.1.0', { status: 'draft', created_at: '2026-01-10T00:00:00Z' }),
  version('prod_123', '1.0.0', { status: 'deprecated' }),
  version('prod_123', '1.2.0', { created_at: '2026-01-10T00:00:00Z' }),
  version('prod_reversal_002', '1.0.0'),
  version('prod_reversal_002', '1.5.0', { created_at: '2026-01-08T00:00:00Z' }),
  version('prod_reversal_002', '2.0.0', { created_at: '2026-01-12T00:00:00Z', breaking_changes: true, min_compatible_version: '2.0.0' }),
  version('prod_pinned_003', '1.0.0'),
  version('prod_pinned_003', '1.1.0', { created_at: '2026-01-09T00:00:00Z' }),
  version('prod_free_004', '1.0.0'),
  version('strat_momentum_01', '1.0.0'),
]
