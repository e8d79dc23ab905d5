import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from './find.ts'
import type { State } from './state.ts'

/** How often more is looked for, in milliseconds. */
const PACE = 100

export interface Lines {
  /** All whole lines that are there. */
  said: string[]
  /** What comes behind them, until the writer is gone or nobody reads. */
  goingOn(unread: AbortSignal): AsyncGenerator<string>
}

/** The lines of a file that somebody may still write; a log that makes room for another is read to its end. */
export function linesFrom(file: string, writer: Pick<State, 'pid' | 'processStart'> | undefined): Lines {
  const reading = readingOf(file)
  const decoder = new StringDecoder()
  let rest = ''
  const more = (): string[] => {
    const lines = (rest + decoder.write(reading.more())).split('\n')
    rest = lines.pop() ?? ''
    return lines
  }
  const end = (): string[] => {
    const lines = more()
    reading.close()
    return rest === '' ? lines : [...lines, rest]
  }
  return {
    said: writer === undefined ? end() : more(),
    async *goingOn(unread) {
      if (writer === undefined) return
      while (!unread.aborted && isRunning(writer)) {
        yield* more()
        await sleep(PACE)
      }
      yield* end()
    },
  }
}

/** A log that was cut meanwhile goes on at its end: what is left of it has been read, or is lost. */
function readingOf(file: string): { more(): Buffer; close(): void } {
  const descriptor = openSync(file, 'r')
  let at = 0
  const more = () => {
    const { size } = fstatSync(descriptor)
    if (size < at) at = size
    const chunk = Buffer.alloc(size - at)
    const length = readSync(descriptor, chunk, 0, chunk.length, at)
    at += length
    return chunk.subarray(0, length)
  }
  return { more, close: () => closeSync(descriptor) }
}
