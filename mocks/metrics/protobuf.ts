/** The fields of one protobuf message by number, each as often as it was written: numbers as numbers, everything else as bytes. */
export class Message {
  readonly #fields = new Map<number, (number | Buffer)[]>()

  /** @throws RangeError when the bytes end within a field, or spell none. */
  constructor(bytes: Buffer) {
    const reader = new Reader(bytes)
    while (!reader.done) {
      const tag = reader.varint()
      const number = Math.floor(tag / 8)
      const before = this.#fields.get(number)
      const value = reader.value(tag % 8)
      if (before === undefined) this.#fields.set(number, [value])
      else before.push(value)
    }
  }

  has(field: number): boolean {
    return this.#fields.has(field)
  }

  /** The last one written, as protobuf has it; nought when there is none. */
  number(field: number): number {
    const value = this.#fields.get(field)?.at(-1)
    return typeof value === 'number' ? value : 0
  }

  text(field: number): string {
    const value = this.#fields.get(field)?.at(-1)
    return value instanceof Buffer ? value.toString('utf8') : ''
  }

  messages(field: number): Message[] {
    return (this.#fields.get(field) ?? []).flatMap((value) => (value instanceof Buffer ? [new Message(value)] : []))
  }

  message(field: number): Message {
    return this.messages(field).at(-1) ?? new Message(Buffer.alloc(0))
  }
}

/** Messages one after another, each behind its length. */
export function delimited(bytes: Buffer): Message[] {
  const reader = new Reader(bytes)
  const messages: Message[] = []
  while (!reader.done) messages.push(new Message(reader.bytes(reader.varint())))
  return messages
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length
  }

  /** What is past 2^53 loses its last digits: no count of a metric goes there. */
  varint(): number {
    let value = 0
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const byte = this.bytes(1)[0] as number
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    throw new RangeError('a number of more than ten bytes')
  }

  bytes(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError('unexpected EOF')
    const taken = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return taken
  }

  value(wireType: number): number | Buffer {
    switch (wireType) {
      case 0:
        return this.varint()
      case 1:
        return this.bytes(8).readDoubleLE()
      case 2:
        return this.bytes(this.varint())
      case 5:
        return this.bytes(4).readFloatLE()
      default:
        throw new RangeError(`wire type ${wireType} is none`)
    }
  }
}
