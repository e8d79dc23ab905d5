import { createReadStream } from 'node:fs'
import type { Example } from '../../contracts/drift/finding.ts'

type Place = Pick<Example, 'recording' | 'entry'>

/** Tells on which lines the given entries of recordings stand, counted from 1. Files are read as streams, up to the last entry that is asked for. */
export async function entryLines(wanted: readonly Place[]): Promise<(recording: string, entry: number) => number> {
  const last = new Map<string, number>()
  for (const { recording, entry } of wanted) last.set(recording, Math.max(entry, last.get(recording) ?? 0))
  const lines = new Map(await Promise.all([...last].map(async ([file, entry]) => [file, await linesIn(file, entry)] as const)))
  return (recording, entry) => lines.get(recording)?.[entry] ?? 1
}

async function linesIn(file: string, last: number): Promise<number[]> {
  const marks = new Marks()
  try {
    for await (const chunk of createReadStream(file, { encoding: 'latin1', highWaterMark: 256 * 1024 }) as AsyncIterable<string>) {
      marks.read(chunk)
      if (marks.lines.length > last) break
    }
  } catch {
    // Who names the line is not who judges the file.
  }
  return marks.lines
}

/** Every entry has one, and no text within an entry can hold it: its quotes would be escaped there. A page has one too, and comes before. */
const MARKS = /"startedDateTime"|"entries"|\n/g
const LONGEST = '"startedDateTime"'.length

class Marks {
  readonly lines: number[] = []
  #line = 1
  #inEntries = false
  #rest = ''

  /** A mark may lie across two chunks: what could be the beginning of one waits for the next. */
  read(chunk: string): void {
    const text = this.#rest + chunk
    let done = 0
    for (const { 0: mark, index } of text.matchAll(MARKS)) {
      if (mark === '\n') this.#line += 1
      else if (mark === '"entries"') this.#inEntries = true
      else if (this.#inEntries) this.lines.push(this.#line)
      done = index + mark.length
    }
    this.#rest = text.slice(Math.max(done, text.length - LONGEST))
  }
}
