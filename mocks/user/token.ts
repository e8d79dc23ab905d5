import { sign, verify } from 'node:crypto'
import * as z from 'zod'
import { once } from '../../contracts/kit/contract.ts'
import { KEY_ID, privateKey, publicKey } from '../world/signing-key.ts'

/** What an access token says (C1 §8.3), and what the ticker reads of one besides (C2 §2). */
const claims = once(() =>
  z.object({
    iss: z.literal('user_service'),
    /** `user:123`. */
    sub: z.templateLiteral(['user:', z.int()]),
    aud: z.array(z.string()),
    /** Seconds since 1970. */
    exp: z.int(),
    iat: z.int(),
    sid: z.string(),
    session_id: z.string(),
    scp: z.array(z.string()),
    roles: z.array(z.string()),
    permissions: z.array(z.string()),
    acct_ids: z.array(z.int()),
    email: z.string(),
    name: z.string(),
    mfa: z.boolean(),
    ver: z.int(),
  }),
)

export type Claims = z.output<ReturnType<typeof claims>>

/** A JSON Web Token (RFC 7519), signed with RS256: the same claims give the same token. */
export function signToken(said: Claims): string {
  const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })}.${encode(said)}`
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey()).toString('base64url')}`
}

/** What a token says, if this service signed it and it has not expired. */
export function readToken(token: string, now: number): Claims | undefined {
  const [head, body, signature, ...rest] = token.split('.')
  if (head === undefined || body === undefined || signature === undefined || rest.length > 0) return undefined
  if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey(), Buffer.from(signature, 'base64url'))) return undefined
  const said = claims().safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
  return said.success && now < said.data.exp * 1000 ? said.data : undefined
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
