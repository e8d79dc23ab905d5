import { closeSync, openSync, readSync } from 'node:fs'
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
  const descriptor = openSync(file, 'r')
  const decoder = new StringDecoder()
  let rest = ''
  const more = (): string[] => {
    const lines = (rest + decoder.write(readAll(descriptor))).split('\n')
    rest = lines.pop() ?? ''
    return lines
  }
  const end = (): string[] => {
    const lines = more()
    closeSync(descriptor)
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

function readAll(descriptor: number): Buffer {
  const chunks: Buffer[] = []
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024)
    const size = readSync(descriptor, chunk)
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(chunk.subarray(0, size))
  }
}
