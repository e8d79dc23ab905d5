import type { Duplex } from 'node:stream'
import * as zlib from 'node:zlib'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** A body as a person reads it, no longer than the bound. */
export interface Decoded {
  body: Buffer
  /** It would have been longer. */
  cut: boolean
}

/** A body without its content encoding; as it came when it cannot be decoded, since its headers tell what it is. */
export async function decoded(bytes: Buffer, encoding: string | undefined, bound: number): Promise<Decoded> {
  if (encoding === undefined || bytes.length === 0) return { body: bytes, cut: false }
  const names = encoding.split(',').map((name) => name.trim().toLowerCase())
  let sofar: Decoded = { body: bytes, cut: false }
  try {
    for (const name of names.reverse()) {
      if (name === 'identity' || name === '') continue
      const next = await through(decoderOf(name, sofar.body), sofar.body, bound)
      sofar = { body: next.body, cut: sofar.cut || next.cut }
    }
    return sofar
  } catch {
    return { body: bytes, cut: false }
  }
}

/** Flushed, not finished: of a body that was cut all is wanted that there is. */
function decoderOf(name: string, bytes: Buffer): Duplex {
  const flush = { finishFlush: constants.Z_SYNC_FLUSH }
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(flush)
    case 'deflate':
      // Some servers leave out the two bytes that zlib begins with.
      return (bytes[0] as number) % 16 === 8 ? createInflate(flush) : createInflateRaw(flush)
    case 'br':
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH })
    case 'zstd':
      if (ZSTD !== undefined) return ZSTD()
  }
  throw new Error(`no decoder for ${name}`)
}

/** Node has it from 22.15 on. */
const ZSTD = (zlib as { createZstdDecompress?: () => Duplex }).createZstdDecompress

/** No more is decoded than is kept: a small body may stand for a very large one. */
function through(decoder: Duplex, bytes: Buffer, bound: number): Promise<Decoded> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    decoder.on('data', (part: Buffer) => {
      parts.push(part)
      size += part.length
      if (size <= bound) return
      resolve({ body: Buffer.concat(parts).subarray(0, bound), cut: true })
      decoder.destroy()
    })
    decoder.once('end', () => resolve({ body: Buffer.concat(parts), cut: false }))
    decoder.once('error', reject)
    decoder.end(bytes)
  })
}
