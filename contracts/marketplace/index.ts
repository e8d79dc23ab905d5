import * as z from 'zod'
import { defineContract, get, once } from '../kit/contract.ts'
import { fastapi } from '../kit/fastapi.ts'
import { watermarkOperations } from '../watermark.ts'
import { fromService } from './auth.ts'
import { entitlementOperations } from './entitlements.ts'
import { integrationOperations } from './integration.ts'
import { internalOperations } from './internal.ts'
import { productOperations } from './products.ts'
import { scriptOperations } from './scripts.ts'
import { instant } from './shapes.ts'
import { userOperations } from './users.ts'
import { versionOperations } from './versions.ts'

const health = once(() => z.strictObject({ status: z.string(), service: z.string(), version: z.string(), timestamp: instant(), lane: z.int() }))

const healthDetails = {
  auth: false as const,
  evidence: 'document' as const,
  source: 'the infrastructure coordination plan; inferred: its members besides status',
  examples: {
    healthy: { reply: { status: 200, body: { status: 'healthy', service: 'marketplace', version: '1.0.0', timestamp: '2026-01-17T09:15:30Z', lane: 0 } } },
  },
}

/** The marketplace: products, subscriptions, tokens, entitlements and scripts. No provider source exists; every reader is a client, a test or a document (C1 §5). */
export const marketplace = defineContract({
  service: 'marketplace',
  title: 'Marketplace',
  port: 8087,
  host: 'marketplace',
  env: { MARKETPLACE_SERVICE_URL: ({ url }) => url, MARKETPLACE_BASE_URL: ({ url }) => url, MARKETPLACE_URL: ({ url }) => url },
  auth: fromService,
  errors: fastapi({ version: '0.104.1' }),
  operations: {
    health: get('/health', () => ({ summary: 'Tells whether the service is up.', responses: { 200: health() }, ...healthDetails })),
    apiHealth: get('/api/v1/health', () => ({ summary: 'The same under the prefix.', responses: { 200: health() }, ...healthDetails })),
    ...integrationOperations,
    ...productOperations,
    ...versionOperations,
    ...userOperations,
    ...entitlementOperations,
    ...scriptOperations,
    ...internalOperations,
    ...watermarkOperations,
  },
})
