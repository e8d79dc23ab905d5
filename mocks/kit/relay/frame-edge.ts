/** Finds where one frame of a WebSocket ends and the next may begin, in bytes that come in pieces of any size (RFC 6455, 5.2). */
export class FrameEdge {
  /** Of a frame whose length is not known yet. */
  #head: number[] = []
  /** Bytes of a payload that are still to come. */
  #left = 0

  /** Whether a frame could begin now. */
  get reached(): boolean {
    return this.#left === 0 && this.#head.length === 0
  }

  /** Goes over these bytes; told is how many of them come before the first edge, if there is one in them. */
  pass(bytes: Uint8Array): number | undefined {
    let first: number | undefined
    for (let at = 0; at < bytes.length; ) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, bytes.length - at)
        this.#left -= step
        at += step
      } else {
        this.#head.push(bytes[at] as number)
        at += 1
        if (this.#head.length === headSize(this.#head)) {
          this.#left = payloadSize(this.#head)
          this.#head = []
        }
      }
      if (this.reached) first ??= at
    }
    return first
  }
}

/** What a server says that goes away: a whole close frame, code 1001. */
export const GOING_AWAY = Buffer.from([0x88, 0x02, 0x03, 0xe9])

function headSize([, second]: readonly number[]): number {
  if (second === undefined) return 2
  const mask = second & 0x80 ? 4 : 0
  return 2 + (EXTENDED[second & 0x7f] ?? 0) + mask
}

function payloadSize([, second = 0, ...rest]: readonly number[]): number {
  const short = second & 0x7f
  const extended = EXTENDED[short] ?? 0
  return extended === 0 ? short : rest.slice(0, extended).reduce((size, byte) => size * 256 + byte, 0)
}

/** Lengths that stand for: the length is in so many bytes that follow. */
const EXTENDED: Readonly<Record<number, number>> = { 126: 2, 127: 8 }
