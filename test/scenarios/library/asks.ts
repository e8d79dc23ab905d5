/** One request as a client of the signal service makes it. */
export interface Ask {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: unknown
}

const internal = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const gateway = { 'x-gateway-secret': 'mock-gateway-secret-b84d2e6f90a1' }

const fromMarketplace = { ...internal, ...gateway }

/** What each client asks most. */
export const asks = {
  alert: {
    path: '/api/v1/alerts',
    method: 'POST',
    headers: internal,
    body: {
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
      metadata: {
        source: 'signal_service',
        type: 'signal_alert',
        signal_id: 'NIFTY_RSI_1768641330',
        timestamp: '2026-01-17T09:15:30.123470',
        priority: 'high',
      },
    },
  },
  comms: {
    path: '/api/v1/email/send',
    method: 'POST',
    headers: internal,
    body: {
      user_id: 'user_123',
      template: 'signal_alert',
      subject: 'RSI',
      variables: { user_name: 'Asha Rao', signal: 'BUY RELIANCE', price: 2505.5 },
      priority: 'normal',
    },
  },
  marketplace: {
    path: '/api/v1/integration/verify-execution-token',
    method: 'POST',
    headers: fromMarketplace,
    body: { execution_token: 'exec_token_abc123', product_id: 'prod_momentum_001', user_id: 'user_123' },
  },
  watermark: {
    path: '/api/v1/signals/watermark',
    method: 'POST',
    headers: gateway,
    body: {
      signal_data: { signal_id: 'sig_1', value: 1.2 },
      user_id: 'user_123',
      stream_key: 'marketplace:prod_momentum_001:NSE@NIFTY@INDEX:momentum',
      timestamp: '2026-01-17T09:15:30.123456',
      request_id: '0123456789abcdef',
    },
  },
  metrics: { path: '/metrics/push', method: 'POST', body: { metric_name: 'signals_total', value: 1, metric_type: 'counter' } },
  user: { path: '/api/v1/users/user_123/permissions' },
  config: { path: '/api/v1/config/CACHE_TTL_SECONDS', headers: { authorization: 'Bearer mock-config-key-4f1d9c7a2b8e' } },
} as const satisfies Record<string, Ask>
