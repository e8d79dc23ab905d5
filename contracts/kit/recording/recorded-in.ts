import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { MockSuiteError } from '../error.ts'
import type { RecordedExchange } from './exchange.ts'
import { type Reading, readHar } from './read-har.ts'

/**
 * The exchanges that a HAR file keeps, in its order and as a stream; ours, or those of another tool.
 *
 * @throws MockSuiteError `bad-recording` when it cannot be read, or is no HAR at all.
 */
export function recordedIn(file: string): AsyncGenerator<RecordedExchange, Reading> {
  return readHar(chunksOf(file), { file, attached: (name) => besides(file, name) })
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: 256 * 1024 })
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new MockSuiteError('bad-recording', `could not read the recording ${file}: ${error.message}. Give a .har file.`, { cause: error })
  }
}

/** Only the folder of the recording is looked into: the name comes out of a file that anybody may have written. */
function besides(file: string, name: string): Promise<Buffer | undefined> {
  if (basename(name) !== name) return Promise.resolve(undefined)
  return readFile(join(dirname(file), name)).catch(() => undefined)
}
