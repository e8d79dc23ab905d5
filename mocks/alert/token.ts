import { createHmac, timingSafeEqual } from 'node:crypto'

const AUDIENCE = 'trading_platform'
const ISSUER = 'user_service'

/** Whom an `Authorization` header names, or the provider's refusal (C1 §3.8). */
export function bearerOf(authorization: string | undefined, secret: string, now: number): { user_id: string } | { status: 401 | 403; detail: string } {
  const [scheme = '', token = ''] = (authorization ?? '').split(/ +(.*)/)
  if (scheme === '' || token === '') return { status: 403, detail: 'Not authenticated' }
  if (scheme.toLowerCase() !== 'bearer') return { status: 403, detail: 'Invalid authentication credentials' }
  const verdict = verify(token, secret, now / 1000)
  return typeof verdict === 'string' ? { status: 401, detail: verdict } : verdict
}

/** In the order in which PyJWT looks: key, signature, expiry, audience, issuer. */
function verify(token: string, secret: string, seconds: number): { user_id: string } | string {
  const [head = '', payload = '', signature = ''] = token.split('.')
  const { alg, kid } = decoded(head)
  if (alg === 'RS256') return `Key ID '${typeof kid === 'string' ? kid : 'None'}' not found in JWKS`
  if (alg !== 'HS256' || !signed(`${head}.${payload}`, signature, secret)) return 'Invalid token'
  const { exp, aud, iss, sub } = decoded(payload)
  if (typeof exp === 'number' && exp <= seconds) return 'Token expired'
  if (![aud].flat().includes(AUDIENCE)) return 'Invalid token audience'
  if (iss !== ISSUER) return 'Invalid token issuer'
  return typeof sub === 'string' ? { user_id: sub } : 'Invalid token'
}

function decoded(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function signed(text: string, signature: string, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(text).digest()
  const given = Buffer.from(signature, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
