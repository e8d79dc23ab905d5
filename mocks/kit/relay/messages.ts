import type { Writable } from 'node:stream'
import * as ws from 'ws'
import type { RecordedClose, RecordedExchange, RecordedMessage } from '../../../contracts/kit/recording/exchange.ts'

/** What its types leave out. */
const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean; maxPayload: number; allowSynchronousEvents: boolean }) => Writable }

/** How many messages of one WebSocket are kept. */
const COUNT = 10_000

/** Reads along what both sides of a WebSocket say. It never stands in the way: what it cannot read is passed on all the same. */
export class Messages {
  /** Why not all of them were kept. */
  failure: Error | undefined
  readonly #kept: RecordedMessage[] = []
  /** How the side that began to close did so; the other says the same after it. */
  #closed: RecordedClose | undefined
  readonly #now: () => number
  readonly #bound: number
  #size = 0

  /** @param bound How many bytes are kept of all messages together. */
  constructor(now: () => number, bound: number) {
    this.#now = now
    this.#bound = bound
  }

  /** Takes the bytes of one side as they come, in pieces of any size. */
  reader(from: RecordedMessage['from']): (bytes: Buffer) => void {
    const receiver = new Receiver({ isServer: from === 'client', maxPayload: this.#bound, allowSynchronousEvents: true })
    let lost = false
    receiver.on('message', (data: Buffer, binary: boolean) => this.#add({ at: this.#now(), from, kind: binary ? 'binary' : 'text', data }))
    receiver.on('conclude', (code: number, reason: Buffer) => {
      this.#closed ??= { from, code, reason: reason.toString() }
    })
    receiver.on('error', (error: Error) => {
      lost = true
      this.#fail(`what the ${from} says cannot be read any further: ${error.message}`)
    })
    return (bytes) => {
      // A copy: a client's bytes are unmasked in place, and these are still to be sent.
      if (!lost) receiver.write(Buffer.from(bytes))
    }
  }

  /** What there is for a recording. */
  all(): Pick<RecordedExchange, 'messages' | 'closed'> {
    return { messages: this.#kept, ...(this.#closed === undefined ? {} : { closed: this.#closed }) }
  }

  #add(message: RecordedMessage): void {
    if (this.#kept.length === COUNT) return this.#fail(`only the first ${COUNT} messages were kept`)
    const left = this.#bound - this.#size
    if (left <= 0) return this.#fail(`only the first ${this.#bound} bytes of messages were kept`)
    this.#size += message.data.length
    this.#kept.push(message.data.length > left ? { ...message, data: message.data.subarray(0, left), cut: true } : message)
  }

  #fail(message: string): void {
    this.failure ??= new Error(message)
  }
}
