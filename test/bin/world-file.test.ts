import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readWorld } from '../../bin/kit/world-file.ts'
import { startSuite } from '../../mocks/index.ts'
import { world } from '../../mocks/world/index.ts'
import { folder } from './folder.ts'

function file(text: string, name = 'world.yaml'): string {
  const path = join(folder(), name)
  writeFileSync(path, text)
  return path
}

/** The message of the refusal, with the file's name for its path. */
function refusal(text: string): string {
  const path = file(text)
  try {
    readWorld(path, world)
  } catch (error) {
    return (error as Error).message.replaceAll(path, 'world.yaml')
  }
  return 'not refused'
}

test('records replace or join those of the default world', async () => {
  const overlay = readWorld(file('settings:\n  - { key: CACHE_TTL_SECONDS, value: "60" }\n  - { key: MINE, value: [1, 2] }\n'), world)
  await using suite = await startSuite({ services: ['config'], ports: 'none', world: overlay })
  const settings = suite.lane(0).store.table('world.settings')
  expect([settings.get('CACHE_TTL_SECONDS'), settings.get('MINE'), settings.has('MAX_BATCH_SIZE')]).toEqual([
    { key: 'CACHE_TTL_SECONDS', value: '60' },
    { key: 'MINE', value: [1, 2] },
    true,
  ])
})

test('JSON will do as well, and so will an empty file', () => {
  expect(readWorld(file('{"settings":[{"key":"A","value":"1"}]}', 'world.json'), world)).toEqual({ settings: [{ key: 'A', value: '1' }] })
  expect(readWorld(file('# nothing yet\n'), world)).toEqual({})
})

test('text that is no YAML is refused at its line and column', () => {
  expect(refusal('settings:\n  - key: A\n    value: "1\n')).toMatch(/^could not load the world:\n {2}world\.yaml:\d+:\d+: .+\nCorrect the file\.$/)
  expect(refusal('settings: []\nsettings: []\n')).toContain('world.yaml:2:1: ')
})

test('an unknown table is refused with the one that was meant', () => {
  expect(refusal('\nsetings:\n  - { key: A }\n')).toContain('world.yaml:2:1: there is no table "setings". Did you mean "settings"?')
})

test('an unknown member is refused where it stands, with the one that was meant', () => {
  expect(refusal('settings:\n  - key: A\n    valeu: "1"\n    value: "1"\n')).toContain('world.yaml:3:5: there is no member "valeu". Did you mean "value"?')
})

test('a bad value is refused where it stands; a missing one where its record begins', () => {
  expect(refusal('ports:\n  - { service_name: x, service: alert, host: h, port: 70000, description: d }\n')).toMatch(/world\.yaml:2:49: port: /)
  expect(refusal('settings:\n  - value: "1"\n')).toMatch(/world\.yaml:2:5: key: /)
})

test('a reference to what neither the file nor the default world has is refused where it stands', () => {
  const token = (user: string) => `tokens:
  - execution_token: mine
    user_id: ${user}
    product_id: prod_momentum_001
    subscription_id: sub_1
    revoked: false
    expires_at: 2030-01-01T00:00:00Z
`
  const subscription = `subscriptions:
  - { subscription_id: sub_1, number: 1, user_id: user_mine, product_id: prod_momentum_001, status: active, tier: free, execution_token: mine, created_at: 2026-01-01T00:00:00Z, expires_at: 2030-01-01T00:00:00Z }
`
  expect(refusal(token('nobody') + subscription).split('\n')).toEqual([
    'could not load the world:',
    '  world.yaml:3:5: user_id names "nobody", which users does not have',
    '  world.yaml:9:42: user_id names "user_mine", which users does not have',
    'Correct the file.',
  ])
})

test('several mistakes are told at once', () => {
  expect(
    refusal('setings: []\nusrs: []\n')
      .split('\n')
      .filter((line) => line.includes('there is no table')),
  ).toHaveLength(2)
})

test('a file that is not there is named', () => {
  expect(() => readWorld('no-such-world.yaml', world)).toThrow('could not read the world file no-such-world.yaml: ENOENT')
})
