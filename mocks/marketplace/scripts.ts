import { createHash } from 'node:crypto'
import type { scriptOperations } from '../../contracts/marketplace/scripts.ts'
import { noProduct } from '../../contracts/marketplace/shapes.ts'
import { presign, refusalOf, type StoredObject } from './presigned-url.ts'
import type { Around, Handlers } from './tables.ts'
import { judgeToken } from './tokens.ts'
import { effectiveVersion, releasedVersion, versionsOf } from './version-policy.ts'
import { zulu } from './zulu.ts'

export const scriptHandlers: Handlers<typeof scriptOperations> = {
  requestScript(call) {
    const { world, clock, body } = call
    const product = world.products.get(body.product_id)
    if (product === undefined) return noProduct
    const judged = judgeToken(world, clock.now(), { execution_token: body.execution_token, product_id: body.product_id })
    if ('reason' in judged) return { status: 403, body: { detail: `Invalid execution token: ${judged.reason}` } }
    const versions = versionsOf(world, product.product_id)
    const wanted = body.version === 'latest' ? null : body.version
    const version = wanted === null ? effectiveVersion(product, versions) : releasedVersion(versions, wanted)
    if (version === undefined) return { status: 404, body: { detail: wanted === null ? 'No published version' : `Version ${wanted} not found` } }
    const { target, expiresAt } = presign(call, { product_id: product.product_id, file: `${version.version}.py` })
    return {
      status: 200,
      body: {
        presigned_url: `${originOf(call)}${target}`,
        metadata: {
          name: product.name,
          author: product.creator_id,
          description: version.description,
          script_type: body.script_type,
          language: 'python',
          size: Buffer.byteLength(version.script),
          sha256: createHash('sha256').update(version.script).digest('hex'),
        },
        version: version.version,
        expires_at: zulu(expiresAt),
      },
    }
  },

  downloadScript(call) {
    const { world, params, query } = call
    const refusal = refusalOf(call, params, query)
    if (refusal !== undefined) return { status: 403, body: storageError(call, params, refusal) }
    const version = releasedVersion(versionsOf(world, params.product_id), params.file.replace(/\.py$/, ''))
    if (version !== undefined) return { status: 200, body: version.script }
    return { status: 404, body: storageError(call, params, { code: 'NoSuchKey', message: 'The specified key does not exist.' }) }
  },
}

/** Where the storage is reached: as the caller called us, so that a client in a container is not sent to its own loopback. */
function originOf({ address, header }: Around & { header(name: string): string | undefined }): string {
  const host = header('host')
  return host === undefined ? (address('marketplace')?.url ?? 'http://marketplace:8087') : `http://${host}`
}

/** A refusal as S3 and MinIO word it. */
function storageError({ ids }: Around, { product_id, file }: StoredObject, { code, message }: { code: string; message: string }): string {
  const key = xml(`${product_id}/${file}`)
  const request = ids.random.hex(16).toUpperCase()
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><Key>${key}</Key><BucketName>scripts</BucketName><Resource>/scripts/${key}</Resource><RequestId>${request}</RequestId></Error>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

const xml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
