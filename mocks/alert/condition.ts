import type { Alert, Desk } from './alerts.ts'
import { zoned } from './zoned.ts'

type Config = Alert['condition_config']

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  gt: (value, threshold) => value > threshold,
  gte: (value, threshold) => value >= threshold,
  lt: (value, threshold) => value < threshold,
  lte: (value, threshold) => value <= threshold,
  eq: (value, threshold) => value === threshold,
}

/** The operators of each condition type that has them (C1 §3.8). */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  price: [...Object.keys(COMPARISONS), 'between'],
  indicator: [...Object.keys(COMPARISONS), 'between', 'crossover', 'crossunder'],
}

/** The kind of a condition: as it says itself, or as its alert does. */
export const conditionType = ({ condition_config, alert_type }: Pick<Alert, 'condition_config' | 'alert_type'>): string =>
  typeof condition_config.type === 'string' ? condition_config.type : alert_type

/** Why the provider would raise a ValueError over a condition. */
export function complaintAbout({ type, operator, min_threshold, max_threshold }: Config): string | undefined {
  const operators = typeof type === 'string' && Object.hasOwn(OPERATORS, type) ? OPERATORS[type] : undefined
  if (operators === undefined || operator === undefined) return undefined
  if (typeof operator !== 'string' || !operators.includes(operator))
    return `Unsupported operator: ${typeof operator === 'string' ? operator : JSON.stringify(operator)}`
  if (operator !== 'between' || (typeof min_threshold === 'number' && typeof max_threshold === 'number')) return undefined
  return 'Operator between requires min_threshold and max_threshold'
}

/** Whether a condition holds by what signals last reported; the fake has no market of its own. */
export function evaluate(desk: Desk, alert: Alert) {
  const config = alert.condition_config
  const type = conditionType(alert)
  const symbol = typeof config.symbol === 'string' ? config.symbol : (alert.symbol ?? '')
  const current_value = type === 'price' ? lastPrice(desk, symbol) : type === 'indicator' ? lastReading(desk, symbol, config.indicator) : null
  return {
    matched: current_value !== null && holds(config, current_value),
    current_value,
    threshold: typeof config.threshold === 'number' ? config.threshold : null,
    details: { symbol, operator: config.operator ?? null, comparison: config.comparison ?? 'last_price' },
    error: current_value === null ? (Object.hasOwn(OPERATORS, type) ? `No market data for ${symbol}` : `Condition type ${type} is not evaluated`) : null,
    evaluated_at: zoned(desk.clock.now()),
  }
}

function holds({ operator, threshold, min_threshold, max_threshold }: Config, value: number): boolean {
  if (operator === 'between') return Number(min_threshold) <= value && value <= Number(max_threshold)
  const compare = typeof operator === 'string' && Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined
  return compare !== undefined && typeof threshold === 'number' && compare(value, threshold)
}

/** Signals tell the price in their metadata (C1 §3.4). */
function lastPrice(desk: Desk, symbol: string): number | null {
  return newest(desk, symbol, ({ metadata }) => metadata?.current_price)
}

/** Signals tell an indicator's value in their condition (C1 §3.1). */
function lastReading(desk: Desk, symbol: string, indicator: unknown): number | null {
  return newest(desk, symbol, ({ condition_config: { signal_type, value } }) => (sameWord(signal_type, indicator) ? value : undefined))
}

const sameWord = (a: unknown, b: unknown): boolean => typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase()

function newest({ tables }: Desk, symbol: string, reading: (alert: Alert) => unknown): number | null {
  const values = tables.alerts
    .all()
    .reverse()
    .filter((alert) => alert.last_triggered_at !== null && alert.symbol === symbol)
    .map(reading)
  return values.find((value): value is number => typeof value === 'number') ?? null
}
