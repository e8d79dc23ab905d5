import { tiers, type User } from './users.ts'

type Tier = User['tier']

const COMMON = ['public_signals', 'common_indicators']
const STANDARD = [...COMMON, 'marketplace_signals']
const PREMIUM = [...STANDARD, 'fo_greeks_access', 'premium_analysis', 'personal_signals']

/** C1 §5.4. Inferred: signals_per_day and historical_days. */
const allowances = {
  free: { features: COMMON, stream: limits(20, 5, 60, 500, 3, 25), signals_per_day: 100, historical_days: 30 },
  standard: { features: STANDARD, stream: limits(50, 15, 180, 1500, 8, 75), signals_per_day: 1000, historical_days: 90 },
  premium: { features: PREMIUM, stream: limits(200, 50, 600, 5000, 20, 200), signals_per_day: 10_000, historical_days: 365 },
  enterprise: { features: PREMIUM, stream: limits(1000, 200, 2000, 20_000, 50, 500), signals_per_day: 100_000, historical_days: 1825 },
}

const NOTHING = limits(0, 0, 0, 0, 0, 0)

/** The feature without which there is nothing of a type of stream. */
const features = new Map([
  ['public', 'public_signals'],
  ['common', 'common_indicators'],
  ['marketplace', 'marketplace_signals'],
  ['personal', 'personal_signals'],
])

export function allowanceOf(tier: Tier) {
  const { stream, signals_per_day, historical_days } = allowances[tier]
  return { requests_per_minute: stream.max_subscription_requests, signals_per_day, historical_days, concurrent_connections: stream.max_concurrent_connections }
}

/** The limits of one type of stream: those of the tier, or none of it where the tier does not include the type. */
export function streamLimits(tier: Tier, type: string | null) {
  const feature = type === null ? undefined : featureOfStream(type)
  return feature === undefined || allowances[tier].features.includes(feature) ? allowances[tier].stream : NOTHING
}

export const featuresOf = (tier: Tier): string[] => [...allowances[tier].features]
export const featureOfStream = (type: string): string | undefined => features.get(type)
export const tierNamed = (name: string): Tier | undefined => tiers.find((tier) => tier === name.toLowerCase())
export const levelOf = (tier: Tier): number => tiers.indexOf(tier)

function limits(connections: number, subscriptions: number, requests: number, messages: number, rapid: number, burst: number) {
  return {
    max_concurrent_connections: connections,
    max_subscriptions_per_connection: subscriptions,
    max_subscription_requests: requests,
    max_messages_sent: messages,
    rapid_subscription_threshold: rapid,
    burst_message_threshold: burst,
  }
}
