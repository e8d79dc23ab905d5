import { createHmac } from 'node:crypto'
import type { World } from '../world/index.ts'

/** How long a URL is good. Inferred: the client fetches at once. */
const LIFE = 300_000

/** A script as storage knows it. */
export interface StoredObject {
  product_id: string
  file: string
}

interface Signature {
  AWSAccessKeyId: string | null
  Expires: string | null
  Signature: string | null
}

interface Around {
  world: World
  clock: { now(): number }
}

/** The path of an object, and the leave to fetch it until some minutes from now. */
export function presign({ world, clock }: Around, object: StoredObject): { target: string; expiresAt: number } {
  const expiresAt = Math.floor((clock.now() + LIFE) / 1000) * 1000
  const Expires = String(expiresAt / 1000)
  const query = new URLSearchParams({ AWSAccessKeyId: secret(world, 'MINIO_ACCESS_KEY'), Expires, Signature: sign(world, object, Expires) })
  return { target: `/scripts/${encodeURIComponent(object.product_id)}/${encodeURIComponent(object.file)}?${query}`, expiresAt }
}

/** Why storage refuses, in the code and the words of S3, or nothing. */
export function refusalOf({ world, clock }: Around, object: StoredObject, given: Signature): { code: string; message: string } | undefined {
  const { AWSAccessKeyId, Expires, Signature } = given
  if (AWSAccessKeyId === null || Expires === null || Signature === null) return { code: 'AccessDenied', message: 'Access Denied.' }
  if (AWSAccessKeyId !== secret(world, 'MINIO_ACCESS_KEY')) {
    return { code: 'InvalidAccessKeyId', message: 'The Access Key Id you provided does not exist in our records.' }
  }
  if (!/^\d+$/.test(Expires) || Number(Expires) * 1000 <= clock.now()) return { code: 'AccessDenied', message: 'Request has expired' }
  if (Signature === sign(world, object, Expires)) return undefined
  return {
    code: 'SignatureDoesNotMatch',
    message: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  }
}

/** S3 signature version 2: it covers path and expiry but not the host, so a URL is good under every name by which the fake is reached. */
function sign(world: World, { product_id, file }: StoredObject, expires: string): string {
  return createHmac('sha1', secret(world, 'MINIO_SECRET_KEY')).update(`GET\n\n\n${expires}\n/scripts/${product_id}/${file}`).digest('base64')
}

const secret = (world: World, key: string): string => world.secrets.get(key)?.value ?? ''
