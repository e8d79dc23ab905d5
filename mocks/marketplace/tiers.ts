import { tiers, type User } from '../world/users.ts'

export type Tier = User['tier']

const COMMON = ['public_signals', 'common_indicators']
const STANDARD = [...COMMON, 'marketplace_signals']
const PREMIUM = [...STANDARD, 'fo_greeks_access', 'premium_analysis', 'personal_signals']

/** C1 §5.4. Inferred: signals_per_day and historical_days. */
const allowances = {
  free: allowance(COMMON, [20, 5, 60, 500, 3, 25], 100, 30),
  standard: allowance(STANDARD, [50, 15, 180, 1500, 8, 75], 1000, 90),
  premium: allowance(PREMIUM, [200, 50, 600, 5000, 20, 200], 10_000, 365),
  enterprise: allowance(PREMIUM, [1000, 200, 2000, 20_000, 50, 500], 100_000, 1825),
}

/** The feature without which there is nothing of a type of stream. */
const features: Readonly<Record<string, string>> = {
  public: 'public_signals',
  common: 'common_indicators',
  marketplace: 'marketplace_signals',
  personal: 'personal_signals',
}

export const allowanceOf = (tier: Tier) => allowances[tier]
export const featuresOf = (tier: Tier): string[] => [...allowances[tier].features]
export const tierNamed = (name: string): Tier | undefined => tiers.find((tier) => tier === name.toLowerCase())
export const levelOf = (tier: Tier): number => tiers.indexOf(tier)
export const featureOfStream = (type: string): string | undefined => (Object.hasOwn(features, type) ? features[type] : undefined)

/** The limits of one type of stream: those of the tier, or none of it where the tier does not include the type. */
export function streamLimits(tier: Tier, type: string | null) {
  const feature = type === null ? undefined : featureOfStream(type)
  const share = feature === undefined || allowances[tier].features.includes(feature) ? 1 : 0
  const limits = allowances[tier].stream
  return {
    max_concurrent_connections: limits.max_concurrent_connections * share,
    max_subscriptions_per_connection: limits.max_subscriptions_per_connection * share,
    max_subscription_requests: limits.max_subscription_requests * share,
    max_messages_sent: limits.max_messages_sent * share,
    rapid_subscription_threshold: limits.rapid_subscription_threshold * share,
    burst_message_threshold: limits.burst_message_threshold * share,
  }
}

function allowance(
  features: readonly string[],
  [connections, subscriptions, requests, messages, rapid, burst]: readonly [number, number, number, number, number, number],
  signals_per_day: number,
  historical_days: number,
) {
  return {
    features,
    requests_per_minute: requests,
    signals_per_day,
    historical_days,
    stream: {
      max_concurrent_connections: connections,
      max_subscriptions_per_connection: subscriptions,
      max_subscription_requests: requests,
      max_messages_sent: messages,
      rapid_subscription_threshold: rapid,
      burst_message_threshold: burst,
    },
  }
}
