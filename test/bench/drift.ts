import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { harEntry, harHead, harTail } from '../../contracts/kit/recording/write-har.ts'
import { head } from '../contracts/recording.ts'
import { recordedDay } from '../mocks/recorded-day.ts'
import { type Effort, type Figure, megabytes, milliseconds, times } from './figure.ts'

/** Recordings held against contract and fake, beside `JSON.parse` of the same file; and what memory makes of ten times as many. */
export async function drift({ amount }: Effort): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-suite-bench-'))
  try {
    const file = await recording(folder, amount)
    const more = await recording(folder, amount * 5)
    const [held, parsed, heldMore] = [compared(file), parse(file), compared(more)]
    const told = amount.toLocaleString('en')
    return [
      {
        what: `drift: ${told} recorded exchanges compared`,
        measured: `${milliseconds(held.took)}, ${times(held.took / parsed.took)} JSON.parse`,
        must: 'seconds',
        aim: '',
      },
      { what: 'the same, for one exchange', measured: milliseconds(held.took / amount), must: '', aim: '' },
      {
        what: `drift: memory for ${told} exchanges, and for five times as many`,
        measured: `${megabytes(held.memory)}, ${megabytes(heldMore.memory)}`,
        must: 'flat',
        aim: '',
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Days of a provider, one after the other, as one long recording. */
async function recording(folder: string, exchanges: number): Promise<string> {
  const file = join(folder, `${exchanges}.har`)
  const day = await recordedDay('alert', { version: '1.0.0' })
  writeFileSync(file, harHead(head))
  for (let from = 0; from < exchanges; from += day.length) {
    const entries = day.slice(0, exchanges - from).map((exchange, at) => JSON.stringify(harEntry({ ...exchange, at: exchange.at + (from + at) * 1000 })))
    appendFileSync(file, `${from === 0 ? '' : ','}\n${entries.join(',\n')}`)
  }
  appendFileSync(file, harTail())
  return file
}

interface Run {
  /** Milliseconds. */
  took: number
  /** The most that was resident, in megabytes. */
  memory: number
}

/** In a heap that would burst if it had to hold what it reads: left to itself, V8 takes room because there is some. */
const compared = (file: string): Run => run('--max-old-space-size=64', ['--max-semi-space-size=4', 'dist/bench/drift-run.js', file])
const parse = (file: string): Run => run('--eval', [`${PARSE}${REPORT}`.replace('FILE', JSON.stringify(file))])

const PARSE = `const from = performance.now(); JSON.parse(require('node:fs').readFileSync(FILE, 'utf8'));`
const REPORT = ` console.log(JSON.stringify({ took: performance.now() - from, memory: process.resourceUsage().maxRSS / 1024 }))`

function run(...[program, args]: [string, string[]]): Run {
  return JSON.parse(execFileSync(process.execPath, [program, ...args], { encoding: 'utf8' })) as Run
}
