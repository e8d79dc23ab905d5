import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { writeBundle } from '../../bin/kit/bundle/write-bundle.ts'
import { startSuite } from '../../mocks/index.ts'
import { folder } from './folder.ts'
import { mockSuite } from './recorder.ts'

let bundle: string
beforeEach(async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  for (let round = 0; round < 3; round += 1) await suite.fetch('config', '/health')
  bundle = await writeBundle(suite, join(folder(), 'bundle'))
})

type Change = (text: string) => string
const inManifest = (how: Change) => change('bundle.json', how)
const inHar = (how: Change) => change('lane-0.har', how)
const change = (name: string, how: Change) => {
  const file = join(bundle, name)
  writeFileSync(file, how(readFileSync(file, 'utf8')))
}
const instead = (name: string, make: (file: string) => void) => {
  rmSync(join(bundle, name))
  make(join(bundle, name))
}
const acts = (list: unknown[]) => inManifest((text) => text.replace(/"acts":\[[^\]]*\]/, `"acts":${JSON.stringify(list)}`))
const born = Date.parse('2026-01-17T09:15:30Z')

test.each<[string, () => void, RegExp]>([
  ['whose HAR is a pipe', () => instead('lane-0.har', (file) => execFileSync('mkfifo', [file])), /lane-0\.har: it is no file/],
  ['whose manifest is a pipe', () => instead('bundle.json', (file) => execFileSync('mkfifo', [file])), /bundle\.json: it is no file/],
  ['whose HAR is a device without an end', () => instead('lane-0.har', (file) => symlinkSync('/dev/zero', file)), /lane-0\.har: it is no file/],
  ['whose HAR is a link to itself', () => instead('lane-0.har', (file) => symlinkSync(file, file)), /lane-0\.har/],
  ['whose manifest is a link to itself', () => instead('bundle.json', (file) => symlinkSync(file, file)), /bundle\.json/],
  ['whose HAR is not there', () => rmSync(join(bundle, 'lane-0.har')), /lane-0\.har: there is no such file/],
  ['of terabytes', () => truncateSync(join(bundle, 'lane-0.har'), 2 ** 42), /longer than 512 MiB/],
  ['with an arrival below nought', () => inHar((text) => text.replace('"arrival":2', '"arrival":-2')), /arrival/],
  ['with a date that is none', () => inHar((text) => text.replace(/"startedDateTime":"[^"]+"/, '"startedDateTime":"NaN"')), /startedDateTime/],
  ['with a time that is none', () => inHar((text) => text.replace(/"time":\d+/, '"time":1e999')), /time/],
  ['of a service named __proto__', () => inManifest((text) => text.replace('"services":["config"]', '"services":["config","__proto__"]')), /__proto__/],
  ['of a service named constructor', () => inManifest((text) => text.replace('"services":["config"]', '"services":["config","constructor"]')), /constructor/],
  ['with a world of no table', () => inManifest((text) => text.replace('"world":{}', '"world":{"nowhere":[{}]}')), /nowhere/],
  ['with an exchange past the last', () => inHar((text) => text.replace('"arrival":3', '"arrival":9000000000000000')), /goes on past the 3/],
])('a bundle %s is refused in words', async (_, how, message) => {
  how()
  const { code, out, err } = await mockSuite(['replay', bundle])
  expect([code, out, err]).toEqual([2, '', expect.stringMatching(message)])
  expect(err).not.toMatch(/\n\s+at /)
})

test.each<[string, () => void]>([
  ['an address named __proto__', () => inManifest((text) => text.replace('"addresses":{', '"addresses":{"__proto__":{"host":"h","port":1,"url":"u"}'))],
  [
    'acts in another order',
    () =>
      acts([
        { kind: 'due', at: born, after: 3 },
        { kind: 'due', at: born, after: 1 },
      ]),
  ],
  ['an advance without an end', () => acts([{ kind: 'advance', at: born, after: 1, by: 9e15 }])],
  ['records of no table', () => acts([{ kind: 'put', at: born, after: 1, table: '__proto__', record: '{}' }])],
  [
    'a scenario of a file that is elsewhere',
    () => acts([{ kind: 'play', at: born, after: 1, scenario: 'x', written: { text: '', file: '/etc/passwd' }, seed: 1 }]),
  ],
  [
    'a scenario that is a bomb of aliases',
    () =>
      acts([
        {
          kind: 'play',
          at: born,
          after: 1,
          scenario: 'x',
          seed: 1,
          written: {
            file: 'x',
            text: `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((c, i) => `${c}: &${c} [${`*${'abcdefghi'[i]},`.repeat(8)}x]`).join('\n')}`,
          },
        },
      ]),
  ],
  [
    'an answer of nobody',
    () =>
      acts([
        { kind: 'answer', at: born, after: 1, arrival: 77 },
        { kind: 'heard', at: born, after: 1, call: 77, status: 99 },
      ]),
  ],
  ['an exchange of the year 1', () => inHar((text) => text.replace(/"startedDateTime":"2026/, '"startedDateTime":"0001'))],
])('a bundle with %s is done again as far as it can be', async (_, how) => {
  how()
  const { code, out, err } = await mockSuite(['replay', bundle])
  expect([code, err]).toEqual([expect.toBeOneOf([0, 1]), ''])
  expect(out).toMatch(/^\d of 3 exchanges gave the same outcome/)
  expect(Object.prototype).not.toHaveProperty('host')
})
