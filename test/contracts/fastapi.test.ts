import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { FastapiVersion } from '../../contracts/kit/fastapi.ts'
import type { WireReply } from '../../contracts/kit/message.ts'
import { Lane } from '../../mocks/kit/lane.ts'
import type { Mock } from '../../mocks/kit/mock.ts'
import type { Service } from '../../mocks/kit/service.ts'
import { table } from '../../mocks/kit/table.ts'
import { defineWorld } from '../../mocks/kit/world.ts'
import { handlersOf, oracle } from './fastapi-oracle.ts'

interface Sent {
  name: string
  send: string
  headers?: Record<string, string | null>
  json?: unknown
  text?: string
  hex?: string
  raw?: string
}

interface Recorded {
  status: number
  headers: [string, string][]
  body: string
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const requests: Sent[] = read('../clients/fastapi-oracle/requests.json')

const serviceOf: Record<FastapiVersion, Service> = { '0.104.1': service('0.104.1'), '0.115.0': service('0.115.0') }
const cases = (['0.104.1', '0.115.0'] as const).flatMap((version) => {
  const { replies }: { replies: Record<string, Recorded> } = read(`./fixtures/fastapi-${version}.json`)
  return requests.filter(reachesUs).map((request) => ({ version, request, name: request.name, recorded: replies[request.name] as Recorded }))
})

/** Where we knowingly differ; docs/fastapi.md says the same. */
const DIFFERENCES: Readonly<Record<string, readonly FastapiVersion[]>> = {
  'int values past 64 bits': ['0.104.1', '0.115.0'],
  'anything that is null': ['0.104.1', '0.115.0'],
  'anything that is absent': ['0.104.1', '0.115.0'],
  'NaN where anything goes': ['0.104.1', '0.115.0'],
  'a slash too many, forwarded': ['0.104.1', '0.115.0'],
  'nothing that is required': ['0.104.1'],
  'some of what is required': ['0.104.1'],
}
const differs = ({ name, version }: (typeof cases)[number]): boolean => DIFFERENCES[name]?.includes(version) ?? false

test.each(cases.filter((one) => !differs(one)))('FastAPI $version, $name: we answer as it does', async ({ version, request, recorded }) => {
  expect(shown(await ask(serviceOf[version], request))).toEqual(expected(recorded))
})

test.each(cases.filter(differs))('FastAPI $version, $name: we still differ', async ({ version, request, recorded }) => {
  expect(shown(await ask(serviceOf[version], request))).not.toEqual(expected(recorded))
})

test('docs/fastapi.md names every difference, and no other', () => {
  const page = readFileSync(new URL('../../docs/fastapi.md', import.meta.url), 'utf8')
  expect([...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name)).toEqual(Object.keys(DIFFERENCES))
})

/** Bytes that are no HTTP are the transport's, the words of any `HTTPException` the handler's. */
function reachesUs({ raw, send }: Sent): boolean {
  return raw === undefined && !/^BREW|^GET \/raise|\/header-gate/.test(send)
}

const shown = ({ status, headers, body }: WireReply) => ({ status, headers: steady(pairs(headers)), body: plain(body as string) })
const expected = ({ status, headers, body }: Recorded) => ({ status, headers: steady(headers), body: plain(body) })

/** The connection is the transport's; the length differs where Python writes `1.0` and JavaScript `1`. */
function steady(headers: readonly [string, string][]): [string, string][] {
  return headers.flatMap(([name, value]): [string, string][] => {
    if (name === 'connection') return []
    return [[name, name === 'date' || name === 'content-length' ? '*' : value]]
  })
}

async function ask(asked: Service, request: Sent): Promise<WireReply> {
  const [method = '', target = ''] = request.send.split(/ (.*)/s)
  const body = bodyOf(request)
  const headers = { host: 'oracle', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers }
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [name, value]))
  const outcome = await asked.handle({ method, target, rawHeaders, body: body ?? Buffer.alloc(0), tooLarge: false, gone: false })
  if (outcome.kind !== 'reply') throw new Error(`no reply but ${outcome.kind}`)
  // What is left out on the wire: a transport writes no body to a HEAD.
  return method === 'HEAD' ? { ...outcome.reply, body: '' } : outcome.reply
}

function bodyOf({ json, text, hex }: Sent): Buffer | undefined {
  if (json !== undefined) return Buffer.from(JSON.stringify(json))
  if (text !== undefined) return Buffer.from(text)
  return hex === undefined ? undefined : Buffer.from(hex, 'hex')
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at] as string, flat[2 * at + 1] as string])
}

/** JSON as JavaScript writes it, so that `1.0` and `1` are one; the order of members stays. */
function plain(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return body
  }
}

function service(version: FastapiVersion): Service {
  const contract = oracle(version)
  const secrets = table(() => z.strictObject({ key: z.string(), value: z.string() }), { key: 'key' })
  const world = defineWorld({
    tables: { secrets },
    seed: () => ({
      secrets: [
        { key: 'TOKEN', value: 't' },
        { key: 'KEY', value: 'k' },
        { key: 'GATE', value: 'open' },
      ],
    }),
    secrets: 'secrets',
  })
  const mock = { contract, behaviour: { operations: handlersOf(contract) } } as unknown as Mock
  const lane = new Lane(0, { mocks: [mock], world, seed: 1, strictAuth: true, journalLimit: 10, clock: '2026-01-17T09:15:30Z', complain: console.error })
  return lane.service('oracle')
}
