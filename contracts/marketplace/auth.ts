import { apiKey, atLeastOne } from '../kit/auth.ts'

const internalKey = apiKey({ header: 'X-Internal-API-Key', secret: 'INTERNAL_API_KEY' })

/** The words of sibling services (C1 §9.1). Inferred: a missing secret is not authenticated, a wrong one not authorised, as the watermark client tells them apart. */
const gatewaySecret = apiKey({
  header: 'X-Gateway-Secret',
  secret: 'GATEWAY_SECRET',
  missing: { status: 401, detail: 'Authentication required' },
  wrong: { status: 403, detail: 'Direct access forbidden. Use the API Gateway.' },
})

/** Calls between services: the key of the fleet. A gateway may make them too. */
export const fromService = atLeastOne(internalKey, gatewaySecret)

/** Calls on behalf of a user: clients present themselves as the gateway, and most send the key of the fleet as well (C1 §9.3). */
export const fromGateway = atLeastOne(gatewaySecret, internalKey)
