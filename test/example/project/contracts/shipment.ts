import { apiKey, defineContract, fastapi, get, once, post, py } from 'mock-suite/contracts'
import * as z from 'zod'

const shipment = once(() =>
  z.strictObject({ shipment_id: z.string(), user_id: z.string(), weight_kg: z.number(), status: z.enum(['ordered', 'shipped']), ordered_at: z.string() }),
)
const missing = once(() => z.strictObject({ detail: z.string() }))

/** Shipments: ordered now, on their way an hour later. */
export const shipmentContract = defineContract({
  service: 'shipment',
  title: 'Shipment service',
  port: 8761,
  host: 'shipment-service',
  env: { SHIPMENT_SERVICE_URL: ({ url }) => url },
  auth: apiKey({ header: 'X-Internal-API-Key', secret: 'INTERNAL_API_KEY' }),
  errors: fastapi({ version: '0.115.0' }),
  operations: {
    health: get('/health', () => ({
      summary: 'Tells whether the service is up.',
      responses: { 200: z.strictObject({ status: z.string() }) },
      auth: false,
      evidence: 'document',
      source: 'the wiki of the parcel desk',
      examples: { healthy: { reply: { status: 200, body: { status: 'healthy' } } } },
    })),
    order: post('/shipments', () => ({
      summary: 'Orders a shipment for a user.',
      body: py.object({ user_id: py.str({ min: 1 }), weight_kg: py.float() }),
      responses: { 201: shipment(), 404: missing() },
      evidence: 'client',
      source: 'src/desk.ts',
      examples: {},
    })),
    read: get('/shipments/:shipment_id', () => ({
      summary: 'One shipment, and how far it is.',
      responses: { 200: shipment(), 404: missing() },
      evidence: 'client',
      source: 'src/desk.ts',
      examples: {},
    })),
  },
})
