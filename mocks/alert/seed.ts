import { type Alert, unsaid } from './alerts.ts'
import { TEST_USER } from './standing.ts'

const HOUR = 3_600_000
const SIGNAL = 'sig_20260118_0001'

/** One alert that was delivered two hours ago, one that waits and one that is paused. */
export function alertRows(now: number): Alert[] {
  const at = now - 2 * HOUR
  const standing = (alert_id: string, rest: Pick<Alert, 'name' | 'status' | 'symbol' | 'condition_config'>): Alert => ({
    ...unsaid,
    alert_id,
    signal_id: null,
    user_id: TEST_USER,
    created_by: TEST_USER,
    message: rest.name,
    alert_type: 'price',
    priority: 'medium',
    metadata: null,
    deliveries: [],
    exchange: 'NSE',
    notification_channels: ['telegram'],
    created_at: at,
    updated_at: at,
    ...rest,
  })
  return [
    {
      ...unsaid,
      alert_id: '5b0c7a52-8f7e-4c1d-9a36-0e4d1f2b6c01',
      signal_id: SIGNAL,
      user_id: 'user_123',
      created_by: 'user_123',
      name: 'Momentum breakout on NIFTY',
      message: 'Momentum breakout on NIFTY',
      alert_type: 'signal',
      priority: 'high',
      condition_config: {
        signal_type: 'momentum',
        symbol: 'NIFTY',
        instrument_key: 'NSE@NIFTY@equity_options@2025-07-10@call@21500',
        message: 'Momentum breakout on NIFTY',
        value: 21515.25,
        timestamp: '2026-01-18T09:30:00',
      },
      metadata: {
        source: 'signal_service',
        type: 'signal_alert',
        signal_id: SIGNAL,
        strategy_id: 'strat_momentum_01',
        priority: 'high',
        current_price: 21515.25,
      },
      deliveries: [
        { channel: 'ui', fate: 'going', reason: null, to: 'user_123' },
        { channel: 'telegram', fate: 'going', reason: null, to: '900000123' },
      ],
      status: 'triggered',
      symbol: 'NIFTY',
      notification_channels: ['ui', 'telegram'],
      trigger_count: 1,
      evaluation_count: 1,
      created_at: at,
      updated_at: at,
      last_triggered_at: at,
      last_evaluated_at: at,
    },
    standing('5b0c7a52-8f7e-4c1d-9a36-0e4d1f2b6c02', {
      name: 'NIFTY above 21500',
      status: 'active',
      symbol: 'NIFTY',
      condition_config: { type: 'price', symbol: 'NIFTY', operator: 'gt', threshold: 21500 },
    }),
    standing('5b0c7a52-8f7e-4c1d-9a36-0e4d1f2b6c03', {
      name: 'RELIANCE below 2400',
      status: 'paused',
      symbol: 'RELIANCE',
      condition_config: { type: 'price', symbol: 'RELIANCE', operator: 'lt', threshold: 2400 },
    }),
  ]
}

export const signalRows = (now: number) => alertRows(now).flatMap(({ signal_id, alert_id }) => (signal_id === null ? [] : [{ signal_id, alert_id }]))
