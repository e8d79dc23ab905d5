import type { RecordedExchange } from './exchange.ts'
import { readEntry, type Unreadable } from './read-entry.ts'
import { EntryScanner } from './scan-entries.ts'

/** What a reading came to, besides exchanges. */
export interface Reading {
  /** It ends before it should; what is whole was read. */
  broken: boolean
  /** Entries of which nothing could be made, by reason. */
  skipped: readonly Skipped[]
}

export interface Skipped {
  /** Completes "an entry was passed over: …". */
  reason: string
  times: number
  /** The first of them, counted from 0. */
  entry: number
}

export interface ReadOptions {
  /** How errors name it. @default 'the recording' */
  file?: string
  /** The longest entry that is read, in bytes. @default 256 MiB */
  limit?: number
  /** Reads a body that lies in a file of its own, as Playwright leaves it. @default no such body is read */
  attached?: (name: string) => Promise<Buffer | undefined>
}

/**
 * The exchanges of a HAR in the order of the file, read as they come: no more than one of them is held.
 *
 * @throws MockSuiteError `bad-recording` when it is no HAR at all.
 */
export async function* readHar(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  { file = 'the recording', limit, attached = async () => undefined }: ReadOptions = {},
): AsyncGenerator<RecordedExchange, Reading> {
  const scanner = new EntryScanner(file, limit)
  const skipped = new Map<string, Skipped>()
  let entry = 0
  for await (const chunk of chunks) {
    for (const text of scanner.scan(chunk)) {
      const read = text === undefined ? { unreadable: 'it is too long' } : await exchangeOf(text, attached)
      if ('unreadable' in read) skip(skipped, read.unreadable, entry)
      else yield { ...read, entry }
      entry += 1
    }
  }
  return { broken: !scanner.whole, skipped: [...skipped.values()] }
}

async function exchangeOf(text: string, attached: NonNullable<ReadOptions['attached']>): Promise<RecordedExchange | Unreadable> {
  let entry: unknown
  try {
    entry = JSON.parse(text)
  } catch {
    return { unreadable: 'it is no JSON' }
  }
  for (const holder of holdersOf(entry)) {
    const body = await attached(holder._file as string)
    if (body === undefined) return { unreadable: 'its body is in a file that is not beside it' }
    Object.assign(holder, { text: body.toString('base64'), encoding: 'base64', _encoding: 'base64' })
  }
  return readEntry(entry)
}

/** Where a body is said to lie in a file. */
function holdersOf(entry: unknown): { _file?: unknown; text?: unknown }[] {
  const { request, response } = (entry ?? {}) as { request?: { postData?: object | null } | null; response?: { content?: object | null } | null }
  const holders: { _file?: unknown; text?: unknown }[] = [request?.postData ?? {}, response?.content ?? {}]
  return holders.filter(({ _file, text }) => typeof _file === 'string' && text === undefined)
}

function skip(skipped: Map<string, Skipped>, reason: string, entry: number): void {
  const known = skipped.get(reason)
  skipped.set(reason, { reason, times: (known?.times ?? 0) + 1, entry: known?.entry ?? entry })
}
