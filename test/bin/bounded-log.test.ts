import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cutIfLong } from '../../bin/kit/instance/bounded-log.ts'
import { linesFrom } from '../../bin/kit/instance/lines.ts'
import { processStart } from '../../bin/kit/instance/process-start.ts'
import { folder } from './folder.ts'

const bounds = { bound: 1000, rest: 100 }
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `line ${from + n}\n`).join('')

test('a log that has grown too long loses its beginning, by whole lines, and says so', () => {
  const file = join(folder(), 'long.log')
  writeFileSync(file, lines(0, 100))
  cutIfLong(file, bounds)
  expect(readFileSync(file, 'utf8')).toBe(lines(0, 100))
  appendFileSync(file, lines(100, 200))
  cutIfLong(file, bounds)
  expect(readFileSync(file, 'utf8')).toMatch(/^… the log had grown to 1000 bytes; what stood before is gone\n(?:line 1[89]\d\n){11}$/)
  expect(() => cutIfLong(join(folder(), 'gone.log'), bounds)).not.toThrow()
})

test('who follows a log goes on behind the cut', async () => {
  const file = join(folder(), 'followed.log')
  writeFileSync(file, lines(0, 200))
  const reader = new AbortController()
  const { said, goingOn } = linesFrom(file, { pid: process.pid, processStart: processStart(process.pid) ?? '' })
  expect(said).toHaveLength(200)
  cutIfLong(file, bounds)
  const following = goingOn(reader.signal)
  const next = following.next()
  // The first look finds the log shorter than it was.
  await Promise.resolve()
  appendFileSync(file, 'after the cut\n')
  expect(await next).toEqual({ done: false, value: 'after the cut' })
  reader.abort()
  expect(await following.next()).toMatchObject({ done: true })
})
