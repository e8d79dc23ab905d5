import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { readWorld } from '../../bin/kit/world-file.ts'
import { startSuite } from '../../mocks/index.ts'
import type { AnyTableSpec } from '../../mocks/kit/table.ts'
import { world } from '../../mocks/world/index.ts'
import { code, codes, expectPart, tableOf } from './generated.ts'
import { read } from './markdown.ts'

const page = 'docs/world.md'
const NOW = Date.parse('2026-01-17T09:15:30Z')
const seed = world.seed(NOW)

test('docs/world.md tells the shape of every table', () => {
  const rows = Object.entries(world.tables as Record<string, AnyTableSpec>).map(([name, { schema, key, references = {} }]) => {
    const { properties = {} } = z.toJSONSchema(schema(), { unrepresentable: 'any' }) as { properties?: Record<string, Shape> }
    const members = Object.entries(properties).map(([member, shape]) => `\`${member}\` ${typeOf(shape)}`)
    const named = Object.entries(references).map(([member, target]) => `\`${member}\`: ${target}`)
    return [code(name), code(key), String(seed[name as keyof typeof seed].length), named.join(', ') || '–', members.join(', ')]
  })
  expectPart(page, 'shapes', tableOf(['table', 'key', 'records', 'must exist', 'members'], rows))
})

interface Shape {
  type?: string | string[]
  enum?: string[]
  items?: Shape
  anyOf?: Shape[]
  format?: string
}

function typeOf({ type, enum: words, items, anyOf, format }: Shape): string {
  if (words !== undefined) return `(${words.join(', ')})`
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ')
  if (type === 'array') return `list of ${typeOf(items ?? {})}`
  if (format === 'date-time') return 'instant'
  return type === undefined
    ? 'any JSON'
    : [type]
        .flat()
        .map((one) => (one === 'string' ? 'text' : one))
        .join(' or ')
}

test('docs/world.md names every user', () => {
  const rows = seed.users.map(({ user_id, number, name, role, tier, account_status, fo_access, fo_expiry, permissions }) => {
    const fo = fo_access ? (fo_expiry === null ? 'yes' : `until ${fo_expiry.slice(0, 10)}`) : 'no'
    return [code(user_id), String(number), name, role, tier, account_status, fo, codes(permissions)]
  })
  expectPart(page, 'users', tableOf(['user', 'number', 'name', 'role', 'tier', 'account', 'futures and options', 'permissions'], rows))
})

test('docs/world.md names every product with its versions', () => {
  const rows = seed.products.map(({ product_id, name, creator_id, product_type, access_level, tier, policy, pinned_version, min_version, max_version }) => {
    const versions = seed.versions.filter((version) => version.product_id === product_id).map(({ version, status }) => `${version} ${status}`)
    const range = policy === 'range' ? ` ${min_version} to ${max_version}` : policy === 'locked' ? ` at ${pinned_version}` : ''
    return [code(product_id), name, code(creator_id), product_type, access_level, tier, `${policy}${range}`, versions.join(', ')]
  })
  expectPart(page, 'products', tableOf(['product', 'name', 'creator', 'type', 'access', 'least tier', 'version policy', 'versions'], rows))
})

test('docs/world.md names every subscription with its token', () => {
  const rows = seed.subscriptions.map(({ subscription_id, number, user_id, product_id, tier, status, expires_at, execution_token }) => {
    const { revoked } = seed.tokens.find((token) => token.execution_token === execution_token) ?? {}
    return [
      code(subscription_id),
      String(number),
      code(user_id),
      code(product_id),
      tier,
      status,
      fromNow(expires_at),
      `${code(execution_token)}${revoked ? ', revoked' : ''}`,
    ]
  })
  expectPart(page, 'subscriptions', tableOf(['subscription', 'number', 'user', 'product', 'tier', 'status', 'ends', 'execution token'], rows))
})

function fromNow(instant: string): string {
  const hours = Math.round((Date.parse(instant) - NOW) / 3_600_000)
  const size = Math.abs(hours)
  const span = size >= 8760 ? `${Math.round(size / 8760)} year` : `${size} ${size === 1 ? 'hour' : 'hours'}`
  return hours < 0 ? `${span} before the start` : `${span} after the start`
}

test('docs/world.md names every instrument, secret, setting and entry of the port registry', () => {
  const { instruments, secrets, settings, ports } = seed
  expectPart(
    page,
    'instruments',
    tableOf(
      ['instrument', 'kind', 'name'],
      instruments.map(({ instrument_key, kind, name }) => [code(instrument_key), kind, name]),
    ),
  )
  expectPart(
    page,
    'secrets',
    tableOf(
      ['secret', 'value', 'what it is'],
      secrets.map(({ key, value, description }) => [code(key), code(value), description]),
    ),
  )
  expectPart(
    page,
    'settings',
    tableOf(
      ['setting', 'value'],
      settings.map(({ key, value }) => [code(key), code(typeof value === 'string' ? value : JSON.stringify(value))]),
    ),
  )
  expectPart(
    page,
    'ports',
    tableOf(
      ['asked for as', 'service', 'planned address'],
      ports.map(({ service_name, service, host, port }) => [code(service_name), service, code(`${host}:${port}`)]),
    ),
  )
})

test('the world file of docs/world.md is one: its records join and replace those of the default world', async () => {
  const [file] = read(page).blocks.filter(({ language }) => language === 'yaml')
  const folder = mkdtempSync(join(tmpdir(), 'mock-suite-world-'))
  try {
    writeFileSync(join(folder, 'world.yaml'), file?.code ?? '')
    await using suite = await startSuite({ services: ['config', 'user'], ports: 'none', world: readWorld(join(folder, 'world.yaml'), world) })
    const tables = suite.lane(0).store
    expect(tables.table('world.settings').get('CACHE_TTL_SECONDS')).toMatchObject({ value: '60' })
    expect(tables.table('world.users').get('user_new')).toMatchObject({ name: 'Nila Bose' })
    expect(tables.table('world.users').size).toBe(seed.users.length + 1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the passwords of docs/world.md open the user fake', async () => {
  await using suite = await startSuite({ services: ['user'], ports: 'none' })
  for (const { email, number } of seed.users.filter(({ account_status }) => account_status === 'active')) {
    const reply = await suite.fetch('user', '/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: `Mock-Password-${number}` }),
    })
    expect(reply.status, email).toBe(200)
  }
})
