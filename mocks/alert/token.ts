import { verify } from 'node:crypto'
import { KEY_ID, publicKey } from '../world/signing-key.ts'

const AUDIENCE = 'trading_platform'
const ISSUER = 'user_service'

/** Whom an `Authorization` header names, by the keys of the user service, or the provider's refusal (C1 §3.8). */
export function bearerOf(authorization: string | undefined, now: number): { user_id: string } | { status: 401 | 403; detail: string } {
  const [scheme = '', token = ''] = (authorization ?? '').split(/ +(.*)/)
  if (scheme === '' || token === '') return { status: 403, detail: 'Not authenticated' }
  if (scheme.toLowerCase() !== 'bearer') return { status: 403, detail: 'Invalid authentication credentials' }
  const verdict = judge(token, now / 1000)
  return typeof verdict === 'string' ? { status: 401, detail: verdict } : verdict
}

/** In the order in which PyJWT looks: key, signature, expiry, audience, issuer. */
function judge(token: string, seconds: number): { user_id: string } | string {
  const [head = '', payload = '', signature = ''] = token.split('.')
  const { alg, kid } = decoded(head)
  if (kid !== KEY_ID) return `Key ID '${typeof kid === 'string' ? kid : 'None'}' not found in JWKS`
  const signed = alg === 'RS256' && verify('RSA-SHA256', Buffer.from(`${head}.${payload}`), publicKey(), Buffer.from(signature, 'base64url'))
  if (!signed) return 'Invalid token'
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
