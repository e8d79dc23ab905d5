import { type AuthScheme, anyOf, apiKey, bearerToken, lenient, signedToken } from '../kit/auth.ts'

/** What the fleet's services show one another. */
export const internalKey = apiKey({ header: 'X-Internal-API-Key', secret: 'INTERNAL_API_KEY' })

/** Most clients of this service send no credential at all (C1 §1.2): a missing one passes, a wrong one does not. */
export const internalKeyIfAny = lenient(internalKey)

/** An access token from one of the logins: missing 403, invalid 401 (C1 §8.3). */
export const accessToken = signedToken()

/** Inferred: who may deactivate people and hand out roles. */
export const adminToken = signedToken({ needs: 'admin' })

/** The former generation has Keycloak's bearer; inferred: its missing one is refused as FastAPI's OAuth2 scheme does. */
export const formerToken = signedToken({ missing: { status: 401, detail: 'Not authenticated', challenge: 'Bearer' } })

/**
 * The provider's own service tokens never validate, because their audience is not the one it expects (C1 §8.3), so nobody could ever pass.
 * Inferred: the fleet's internal key stands in for one, in either header.
 */
export const serviceToken: AuthScheme = anyOf(
  apiKey({ header: 'X-Service-Token', secret: 'INTERNAL_API_KEY', ...serviceWords() }),
  bearerToken({ secret: 'INTERNAL_API_KEY', ...serviceWords() }),
)

function serviceWords() {
  return {
    missing: { status: 403, detail: 'Service token required' },
    wrong: { status: 401, detail: 'Invalid service token: Invalid audience', challenge: 'Bearer' },
  } as const
}
