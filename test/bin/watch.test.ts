import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { built } from './built.ts'
import { folder } from './folder.ts'
import { type Started, serve } from './process.ts'
import { team } from './team.ts'

beforeAll(built, 120_000)

/** One service that follows its files, and what it says of them. */
async function watching(words: readonly string[]) {
  const { process: child, services, control } = await serve(['start', 'config', '--ports', 'auto', '--watch', ...words])
  ending(child)
  const config = services.config as string
  return {
    child,
    control,
    says: listener(child.stderr),
    status: async () => (await fetch(`${config}/health`)).status,
    setting: async (name: string) => {
      const reply = await fetch(`${config}/api/v1/config/${name}`, { headers: { authorization: 'Bearer mock-config-key-4f1d9c7a2b8e' } })
      return ((await reply.json()) as { config_value?: unknown }).config_value
    },
    playing: async () => ((await (await fetch(`${control}/v1/playing`)).json()) as { playing: { scenario: string }[] }).playing.map(({ scenario }) => scenario),
    generation: async () => ((await (await fetch(`${control}/v1/lanes`)).json()) as { generation: number }[])[0]?.generation,
  }
}

function ending(child: Started['process']): void {
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await child
  })
}

const story = (code: number, name = 'story') =>
  `name: ${name}\nstory: The service answers ${code}.\nrules:\n  - when: { operation: health }\n    inject: [{ fault: status, code: ${code} }]\n`
const ttl = (value: string) => `settings:\n  - { key: CACHE_TTL_SECONDS, value: "${value}" }\n`

/** What editors do: a new file under another name, put in place of the old one. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}~`, text)
  renameSync(`${file}~`, file)
}

test('a scenario that an editor replaces plays anew; records and journal stay', async () => {
  const file = join(folder(), 'story.yaml')
  writeFileSync(file, story(403))
  const { says, status, generation } = await watching(['--scenario', file])
  for (const code of [500, 403, 500]) {
    replace(file, story(code))
    expect(await says('swapped')).toMatch(/^mock-suite: .*story\.yaml changed: swapped in \d+ ms$/)
    expect(await status()).toBe(code)
  }
  expect(await generation()).toBe(0)
})

test('one that is emptied and written is taken when it is whole', async () => {
  const file = join(folder(), 'story.yaml')
  writeFileSync(file, story(403))
  const { says, status } = await watching(['--scenario', file])
  truncateSync(file)
  await says('story.yaml changed, and was not taken')
  await says('story.yaml:1:1')
  expect(await status()).toBe(403)
  writeFileSync(file, story(500))
  await says('swapped')
  expect(await status()).toBe(500)
})

test('a world that is wrong is not taken, and told with its place; once it is right, it is, and every lane begins anew', async () => {
  const file = join(folder(), 'world.yaml')
  writeFileSync(file, ttl('60'))
  const { says, setting, generation } = await watching(['--world', file])
  expect(await setting('CACHE_TTL_SECONDS')).toBe('60')
  writeFileSync(file, 'settings:\n  - { kee: CACHE_TTL_SECONDS, value: "30" }\n')
  expect(await says('not taken')).toMatch(/world\.yaml changed, and was not taken: could not load the world:$/)
  expect(await says('there is no member')).toMatch(/world\.yaml:2:\d+: there is no member "kee"/)
  await says('What ran before runs on.')
  expect([await setting('CACHE_TTL_SECONDS'), await generation()]).toEqual(['60', 0])
  writeFileSync(file, ttl('30'))
  expect(await says('swapped')).toMatch(/world\.yaml changed: swapped in \d+ ms; every lane was reset$/)
  expect([await setting('CACHE_TTL_SECONDS'), await generation()]).toEqual(['30', 1])
})

test('a mistake that is taken back is told as nothing to do', async () => {
  const file = join(folder(), 'world.yaml')
  writeFileSync(file, ttl('60'))
  const { says, generation } = await watching(['--world', file])
  writeFileSync(file, 'settings: 7')
  await says('What ran before runs on.')
  writeFileSync(file, ttl('60'))
  await says('world.yaml: again what runs')
  expect(await generation()).toBe(0)
})

test('a scenario whose file is deleted stops, and plays again once the file is back', async () => {
  const file = join(folder(), 'story.yaml')
  writeFileSync(file, story(403))
  const { says, status, playing } = await watching(['--scenario', file])
  rmSync(file)
  await says('story.yaml is gone: swapped')
  expect([await status(), await playing()]).toEqual([200, []])
  writeFileSync(file, story(500))
  await says('story.yaml changed: swapped')
  expect([await status(), await playing()]).toEqual([500, ['story']])
})

test('the folder itself may go and come back', async () => {
  const place = join(folder(), 'deep', 'below')
  mkdirSync(place, { recursive: true })
  const file = join(place, 'story.yaml')
  writeFileSync(file, story(403))
  const { says, status } = await watching(['--scenario', file])
  rmSync(join(place, '..'), { recursive: true })
  await says('is gone: swapped')
  mkdirSync(place, { recursive: true })
  writeFileSync(file, story(500))
  await says('changed: swapped')
  expect(await status()).toBe(500)
})

test('a mounted ConfigMap is exchanged by one link, two steps away', async () => {
  const mount = folder()
  for (const [release, code] of [
    ['one', 403],
    ['two', 500],
  ] as const) {
    mkdirSync(join(mount, `..${release}`))
    writeFileSync(join(mount, `..${release}`, 'story.yaml'), story(code))
  }
  symlinkSync('..one', join(mount, '..data'))
  symlinkSync('..data/story.yaml', join(mount, 'story.yaml'))
  const { says, status } = await watching(['--scenario', join(mount, 'story.yaml')])
  symlinkSync('..two', join(mount, '..data_tmp'))
  renameSync(join(mount, '..data_tmp'), join(mount, '..data'))
  rmSync(join(mount, '..one'), { recursive: true })
  await says('swapped')
  expect(await status()).toBe(500)
})

test('a touch, and what happens beside the files, is nothing', async () => {
  const place = folder()
  const [file, world] = [join(place, 'story.yaml'), join(place, 'world.yaml')]
  writeFileSync(file, story(403))
  writeFileSync(world, ttl('60'))
  const { says, generation } = await watching(['--scenario', file, '--world', world])
  utimesSync(world, new Date(0), new Date(0))
  writeFileSync(world, ttl('60'))
  writeFileSync(join(place, 'notes.txt'), 'nobody asked')
  replace(file, story(500))
  expect(await says('swapped')).toMatch(/story\.yaml changed: swapped in \d+ ms$/)
  expect(await generation()).toBe(0)
})

test('a mock of one’s own is loaded anew, with the modules that it is made of', async () => {
  const home = team()
  const file = join(home, 'mocks', 'ledger.ts')
  const text = readFileSync(file, 'utf8')
  const { process: child, services } = await serve(['start', 'ledger', '--ports', 'auto', '--watch'], {}, home)
  ending(child)
  const says = listener(child.stderr)
  const health = async () => ((await (await fetch(`${services.ledger}/health`)).json()) as { status: string }).status
  expect(await health()).toBe('healthy')
  replace(file, text.replace("'healthy'", "'resting'"))
  expect(await says('swapped')).toMatch(/ledger\.ts changed: swapped in \d+ ms; every lane was reset$/)
  expect(await health()).toBe('resting')
  replace(file, text.replace('operations: {', 'operations: ['))
  expect(await says('not taken')).toContain('ledger.ts changed, and was not taken')
  await says('What ran before runs on.')
  expect(await health()).toBe('resting')
  replace(file, text.replace("'healthy'", "'awake'"))
  await says('swapped')
  expect(await health()).toBe('awake')
})

test('it ends on a signal like any other', async () => {
  const file = join(folder(), 'story.yaml')
  writeFileSync(file, story(403))
  const { child } = await watching(['--scenario', file])
  child.kill('SIGTERM')
  expect(await child).toMatchObject({ exitCode: 0 })
})

/** Waits for the next line of a stream that has these words, or fails after ten seconds. */
function listener(stream: Readable): (words: string) => Promise<string> {
  let [heard, told] = ['', 0]
  const waiting = new Set<() => void>()
  stream.on('data', (chunk: Buffer) => {
    heard += chunk.toString()
    for (const look of waiting) look()
  })
  return (words) =>
    new Promise((resolve, reject) => {
      const deadline = setTimeout(() => done(() => reject(new Error(`waited in vain for ${JSON.stringify(words)}; heard ${JSON.stringify(heard)}`))), 10_000)
      const done = (settle: () => void) => {
        clearTimeout(deadline)
        waiting.delete(look)
        settle()
      }
      const look = () => {
        const lines = heard.slice(told).split('\n').slice(0, -1)
        const at = lines.findIndex((line) => line.includes(words))
        if (at === -1) return
        told += lines.slice(0, at + 1).reduce((sum, line) => sum + line.length + 1, 0)
        done(() => resolve(lines[at] as string))
      }
      waiting.add(look)
      look()
    })
}
