import type { Shot } from './load.ts'

/** What is asked for in every measurement, out of the signal service's daily life: a read, a question with a body, and a write of several records. */
export const read = (urls: Record<string, string>): Shot => ({ url: `${urls.user}/api/v1/users/user_123/permissions` })

export const ask = (urls: Record<string, string>): Shot => ({
  url: `${urls.marketplace}/api/v1/integration/verify-execution-token`,
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' },
  body: JSON.stringify({ execution_token: 'exec_token_abc123', product_id: 'prod_momentum_001', user_id: 'user_123' }),
})

export const write = (urls: Record<string, string>): Shot => ({
  url: `${urls.alert}/api/v1/alerts`,
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' },
  body: JSON.stringify({
    alert_type: 'signal',
    user_id: 'user_123',
    priority: 'high',
    channels: ['ui', 'telegram'],
    condition_config: {
      signal_type: 'RSI',
      symbol: 'NIFTY',
      instrument_key: null,
      message: 'RSI 71 above 70',
      value: 71.2,
      timestamp: '2026-01-17T09:15:30.123456',
    },
    metadata: { source: 'signal_service', type: 'signal_alert', signal_id: 'NIFTY_RSI_1768641330', timestamp: '2026-01-17T09:15:30.123470', priority: 'high' },
  }),
})
