import * as z from 'zod'
import { table } from '../kit/table.ts'

const Port = () =>
  z.strictObject({
    /** As clients ask for it: `marketplace_service`. */
    service_name: z.string().min(1),
    /** The fake that stands in for it. */
    service: z.string(),
    host: z.string(),
    port: z.int().min(1).max(65_535),
    description: z.string(),
  })

/** The fleet's port registry: the planned address of every neighbour, whether or not its fake runs. */
export const ports = table(Port, { key: 'service_name' })

const port = (service_name: string, service: string, host: string, number: number, description: string) => ({
  service_name,
  service,
  host,
  port: number,
  description,
})

export const portRows = [
  port('alert_service', 'alert', 'alert-service', 8085, 'Alerts and notification preferences'),
  port('comms_service', 'comms', 'comms-service', 8086, 'E-mail, SMS and notifications'),
  port('marketplace_service', 'marketplace', 'marketplace', 8087, 'Marketplace: entitlements, products, tokens'),
  port('watermark_service', 'watermark', 'watermark', 8088, 'Watermarks and leak detection'),
  port('ticker_service', 'ticker', 'ticker-service', 8089, 'Market data'),
  port('metrics_service', 'metrics', 'metrics', 9090, 'Metrics sidecar'),
  port('user_service', 'user', 'user-service', 8091, 'Users and permissions'),
  port('config_service', 'config', 'config-service', 8092, 'Configuration and secrets'),
  port('calendar_service', 'calendar', 'calendar-service', 8093, 'Trading calendar'),
  port('messaging_service', 'messaging', 'messaging-service', 8094, 'Messages between users'),
  port('subscription_service', 'subscription', 'subscription-service', 8098, 'Quotas and usage'),
  port('algo_engine', 'algo-engine', 'algo-engine', 8099, 'Personal scripts'),
  port('dashboard', 'dashboard-registry', 'dashboard', 8500, 'Service dashboard'),
  port('instrument_registry', 'instrument', 'instrument-registry', 8901, 'Instruments and their keys'),
  port('instrument_service', 'instrument', 'instrument-registry', 8901, 'Instruments and their keys'),
]
