import type { Lane } from './kit/lane.ts'

/** What the signal service must read besides the addresses of its neighbours: one consistent world (the infrastructure plan; C1 §1.1). */
export function environment(lane: Lane, name = 'development'): Record<string, string> {
  const secrets = lane.store.table('world.secrets')
  const secret = (key: string) => (secrets.get(key) as { value: string } | undefined)?.value ?? ''
  return {
    ENVIRONMENT: name,
    LOG_LEVEL: 'INFO',
    SERVICE_NAME: 'signal_service',
    PORT: '8003',
    DATABASE_URL: secret('DATABASE_URL'),
    REDIS_URL: secret('REDIS_URL'),
    JWT_SECRET_KEY: secret('JWT_SECRET_KEY'),
    GATEWAY_SECRET: secret('GATEWAY_SECRET'),
    INTERNAL_API_KEY: secret('INTERNAL_API_KEY'),
    CONFIG_SERVICE_API_KEY: secret('CONFIG_SERVICE_API_KEY'),
    CORS_ALLOWED_ORIGINS: 'https://app.example.test,https://screener.example.test',
    SERVICE_INTEGRATION_TIMEOUT: '30',
  }
}
