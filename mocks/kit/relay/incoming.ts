import type { Rest } from '../../../contracts/kit/message.ts'

/** How the flow from the real service is held. */
export interface Flow {
  pause(): void
  resume(): void
  abort(reason: Error): void
}

/** A reply as far as it had come when it was passed on. */
export interface Arrived {
  status: number
  /** Flat pairs, as they came. */
  headers: readonly string[]
  body: Buffer
  /** What was still to come, if anything was. */
  rest?: Rest
}

/** All that is known of a reply in the end. */
export interface Ended {
  /** None when the head never came. */
  head: Pick<Arrived, 'status' | 'headers'> | undefined
  body: Buffer
  /** The body was longer than was to be kept; this is its beginning. */
  cut: boolean
  /** Why it is not all of it. */
  failure: Error | undefined
  /** The client did not want the rest. */
  left: boolean
}

/** Bodies up to here are passed on whole, if they are there soon. */
const WHOLE = 1024 * 1024

/** Milliseconds after the head: a body that is not whole by then is passed on as it comes. */
const SOON = 250

/** So much may wait for a client that reads slowly before the real service is held back. */
const AHEAD = 256 * 1024

/** Replies that are meant to be read while they are written. */
const STREAMS = /^(text\/event-stream|application\/(x-ndjson|jsonl|stream\+json)|multipart\/x-mixed-replace)\b/i

/**
 * One reply on its way in: passed on whole where it is short and soon there, so that journal and faults see all of it; as it comes where it streams.
 */
export class Incoming {
  /** Rejected when not even the head came. */
  readonly arrived: Promise<Arrived>
  flow: Flow | undefined
  #settle!: (arrived: Arrived) => void
  #reject!: (error: Error) => void
  #head: Ended['head']
  #settled = false
  #over = false
  #failure: Error | undefined
  /** What nobody has taken yet. */
  #queue: Buffer[] = []
  #queued = 0
  #paused = false
  #kept: Buffer[] = []
  #size = 0
  #late: NodeJS.Timeout | undefined
  #wake = () => {}
  readonly #bound: number
  readonly #tell: (ended: Ended) => void

  /** @param bound How many bytes of the body are kept for the end. */
  constructor(bound: number, tell: (ended: Ended) => void) {
    this.#bound = bound
    this.#tell = tell
    this.arrived = new Promise((resolve, reject) => {
      this.#settle = resolve
      this.#reject = reject
    })
  }

  begin(status: number, headers: readonly string[]): void {
    this.#head = { status, headers }
    // A turn later: the first bytes often come with the head.
    if (streams(headers)) setImmediate(() => this.#passOn())
    else this.#late = setTimeout(() => this.#passOn(), SOON)
  }

  take(bytes: Buffer): void {
    if (this.#over) return
    if (this.#size < this.#bound) this.#kept.push(bytes)
    this.#size += bytes.length
    this.#queue.push(bytes)
    this.#queued += bytes.length
    if (!this.#settled && this.#queued > WHOLE) this.#passOn()
    if (this.#settled && this.#queued > AHEAD && !this.#paused) {
      this.#paused = true
      this.flow?.pause()
    }
    this.#wake()
  }

  /** @param failure Why it ended before its end, if it did. */
  end(failure?: Error, left = false): void {
    if (this.#over) return
    this.#over = true
    this.#failure = failure
    clearTimeout(this.#late)
    const body = Buffer.concat(this.#kept).subarray(0, this.#bound)
    this.#kept = []
    this.#tell({ head: this.#head, body, cut: this.#size > this.#bound, failure, left })
    if (this.#head === undefined) this.#reject(failure ?? new Error('the reply has no head'))
    else this.#passOn()
    this.#wake()
  }

  #passOn(): void {
    if (this.#settled || this.#head === undefined) return
    this.#settled = true
    clearTimeout(this.#late)
    const body = this.#queue.length === 1 ? (this.#queue[0] as Buffer) : Buffer.concat(this.#queue)
    this.#queue = []
    this.#queued = 0
    const whole = this.#over && this.#failure === undefined
    this.#settle({ ...this.#head, body, ...(whole ? {} : { rest: this.#rest() }) })
  }

  /** Not a generator: one that was never begun does not hear of its end. */
  #rest(): Rest {
    const rest: Rest = {
      next: () => this.#next(),
      return: async () => {
        this.#abandon()
        return { done: true, value: undefined }
      },
      [Symbol.asyncIterator]: () => rest,
    }
    return rest
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    while (this.#queue.length === 0) {
      if (this.#failure !== undefined) throw this.#failure
      if (this.#over) return { done: true, value: undefined }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const value = this.#queue.shift() as Buffer
    this.#queued -= value.length
    if (this.#paused && this.#queue.length === 0) {
      this.#paused = false
      this.flow?.resume()
    }
    return { done: false, value }
  }

  #abandon(): void {
    this.#queue = []
    if (this.#over) return
    const left = new Error('the client left before the end')
    this.end(left, true)
    this.flow?.abort(left)
  }
}

function streams(headers: readonly string[]): boolean {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type')
  return at !== -1 && STREAMS.test(headers[at + 1] as string)
}
