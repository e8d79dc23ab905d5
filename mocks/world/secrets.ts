import * as z from 'zod'
import { table } from '../kit/table.ts'

const Secret = () => z.strictObject({ key: z.string().min(1), value: z.string(), secret_type: z.string(), description: z.string() })

/** What the config fake hands out and every other fake accepts. */
export const secrets = table(Secret, { key: 'key' })

const secret = (key: string, value: string, secret_type: string, description: string) => ({ key, value, secret_type, description })

/** Long enough for every client (the gateway secret needs 16 characters), and never a vendor's default. */
export const secretRows = [
  secret('CONFIG_SERVICE_API_KEY', 'mock-config-key-4f1d9c7a2b8e', 'api_key', 'The bearer token of the config client.'),
  secret('INTERNAL_API_KEY', 'mock-internal-key-7c3e5a9d1f60', 'api_key', 'Shared by all services of the fleet.'),
  secret('GATEWAY_SECRET', 'mock-gateway-secret-b84d2e6f90a1', 'api_key', 'Proves that a request came through the gateway.'),
  secret('JWT_SECRET_KEY', 'mock-jwt-secret-e19a7b5c3d2f4086', 'api_key', 'Signs access tokens.'),
  secret('MARKETPLACE_WEBHOOK_SECRET', 'mock-marketplace-webhook-51c8', 'api_key', 'Loaded at boot, used nowhere.'),
  secret('EMAIL_WEBHOOK_SECRET', 'mock-email-webhook-2d7f', 'api_key', 'Proves that an inbound mail came from comms.'),
  secret('WATERMARK_SECRET', 'mock-watermark-secret-0a6b4c8d2e1f', 'api_key', 'Keys the watermarks.'),
  secret('ADMIN_TOKEN', 'mock-admin-token-93b5', 'api_key', 'Opens the admin routes of the signal service.'),
  secret('DATABASE_URL', 'postgresql://signal_user:mock-database-password@127.0.0.1:5432/signal_service', 'db_credential', 'The signal database.'),
  secret('DATABASE_PASSWORD', 'mock-database-password', 'db_credential', 'The password inside DATABASE_URL.'),
  secret('REDIS_URL', 'redis://127.0.0.1:6379/15', 'db_credential', 'The cache.'),
  secret('CELERY_BROKER_URL', 'redis://127.0.0.1:6379/14', 'db_credential', 'Task queue.'),
  secret('CELERY_RESULT_BACKEND', 'redis://127.0.0.1:6379/13', 'db_credential', 'Task results.'),
  secret('MINIO_ACCESS_KEY', 'mock-minio-access', 'api_key', 'Object storage.'),
  secret('MINIO_SECRET_KEY', 'mock-minio-secret-6e2a9f', 'api_key', 'Object storage.'),
]
