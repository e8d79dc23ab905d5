import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { harEntry, harHead, harTail, type RecordingHead } from '../../contracts/kit/recording/write-har.ts'

export interface RecorderOptions {
  /** Where to; a file that is there already is left alone, and a number is put into the name. */
  file: string
  head: RecordingHead
  /** What has been removed so far; asked whenever something is written. @default nothing is said of it */
  redaction?: () => object
  /** Told once that nothing can be written. */
  complain(message: string): void
  /** How many bytes may wait to be written; what comes on top is lost. @default 64 MiB */
  bound?: number
}

/** Keeps exchanges in a HAR file, which is a whole one after each of them. */
export interface Recorder {
  /** The name that it came to have. */
  readonly file: string
  /** Returns at once: nobody waits for a disk. */
  keep(exchange: RecordedExchange): void
  /** Writes what waits. A file in which nothing was kept is taken away again. */
  close(): Promise<Kept>
}

export interface Kept {
  file: string
  kept: number
  /** Exchanges that could not be written, or could not wait. */
  lost: number
}

const BOUND = 64 * 1024 * 1024

/** @throws MockSuiteError `bad-recording` when the file cannot be made. */
export async function openRecorder({ file, head, complain, redaction, bound = BOUND }: RecorderOptions): Promise<Recorder> {
  try {
    await mkdir(dirname(file), { recursive: true })
    const made = await openNew(file)
    const beginning = Buffer.from(harHead(head))
    const tail = () => Buffer.from(harTail(redaction?.()))
    await writeAll(made.handle, Buffer.concat([beginning, tail()]), 0)
    return new HarFile(made, beginning.length, { complain, bound, tail })
  } catch (error) {
    throw new MockSuiteError('bad-recording', `could not begin the recording ${file}: ${(error as Error).message}. Give another place with --out.`, {
      cause: error,
    })
  }
}

interface Made {
  name: string
  handle: FileHandle
}

/** For its owner's eyes only: what real clients and real services say to each other is nobody else's, redacted or not. */
async function openNew(file: string): Promise<Made> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? file : file.replace(/(\.har)?$/i, (ending) => `-${number}${ending}`)
    try {
      return { name, handle: await open(name, 'wx', 0o600) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

class HarFile implements Recorder {
  readonly file: string
  readonly #handle: FileHandle
  readonly #bound: number
  readonly #complain: (message: string) => void
  readonly #tail: () => Buffer
  /** Where the tail stands. */
  #end: number
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #kept = 0
  #lost = 0
  #writing: Promise<void> | undefined
  #closed: Promise<Kept> | undefined

  constructor({ name, handle }: Made, end: number, { bound, complain, tail }: { bound: number; complain(message: string): void; tail(): Buffer }) {
    this.file = name
    this.#handle = handle
    this.#end = end
    this.#bound = bound
    this.#complain = complain
    this.#tail = tail
  }

  keep(exchange: RecordedExchange): void {
    const entry = Buffer.from(JSON.stringify(harEntry(exchange)))
    if (this.#closed !== undefined) return this.#lose(1, 'it was closed already')
    if (this.#waitingBytes + entry.length > this.#bound) return this.#lose(1, 'more comes than the disk takes')
    this.#waiting.push(entry)
    this.#waitingBytes += entry.length
    this.#writing ??= this.#write()
  }

  close(): Promise<Kept> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<Kept> {
    await this.#writing
    await this.#handle.close()
    if (this.#kept === 0) await unlink(this.file).catch(() => {})
    return { file: this.file, kept: this.#kept, lost: this.#lost }
  }

  /** One batch after the other, until nothing waits. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        await this.#append(batch)
        this.#kept += batch.length
      } catch (error) {
        this.#lose(batch.length, (error as Error).message)
        await this.#restore()
      }
      this.#waitingBytes -= batch.reduce((sum, entry) => sum + entry.length, 0)
    }
    this.#writing = undefined
  }

  /** Over the tail, with a new one behind: killed between any two writes, the process leaves a whole recording. */
  async #append(batch: readonly Buffer[]): Promise<void> {
    const parts = batch.flatMap((entry, at) => [this.#kept + at === 0 ? FIRST : NEXT, entry])
    const entries = Buffer.concat(parts)
    await writeAll(this.#handle, Buffer.concat([entries, this.#tail()]), this.#end)
    this.#end += entries.length
  }

  /** Takes half an entry away again; where even that fails, readers take the file for what it is: whole up to here. */
  async #restore(): Promise<void> {
    try {
      await this.#handle.truncate(this.#end)
      await writeAll(this.#handle, this.#tail(), this.#end)
    } catch {}
  }

  #lose(count: number, why: string): void {
    if (this.#lost === 0) this.#complain(`could not keep an exchange in ${this.file}: ${why}. It goes on, and tells in the end how many were lost.`)
    this.#lost += count
  }
}

const FIRST = Buffer.from('\n')
const NEXT = Buffer.from(',\n')

/** A disk may take less than it is given. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written)
    written += bytesWritten
  }
}
