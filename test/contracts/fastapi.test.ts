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
  return requests.filter(ours).map((request) => ({ version, request, name: request.name, recorded: replies[request.name] as Recorded }))
})

test.each(cases)('FastAPI $version, $name: we answer as it does', async ({ version, request, recorded }) => {
  const reply = await ask(serviceOf[version], request)
  expect({ status: reply.status, headers: pairs(reply.headers), body: plain(reply.body as string) }).toEqual({
    status: recorded.status,
    headers: recorded.headers.filter(([name]) => name !== 'connection' && name !== 'content-length').map(([name, value]) => [name, name === 'date' ? '*' : value]),
    body: plain(recorded.body),
  })
})

function ours({ name, raw, send }: Sent): boolean {
  return raw === undefined && !/^GET \/raise|\/header-gate/.test(send)
}

async function ask(asked: Service, request: Sent): Promise<WireReply> {
  const [method = '', target = ''] = request.send.split(/ (.*)/s)
  const body = bodyOf(request)
  const headers = { host: 'oracle', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers }
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [name, value]))
  const outcome = await asked.handle({ method, target, rawHeaders, body: body ?? Buffer.alloc(0), tooLarge: false, gone: false })
  if (outcome.kind !== 'reply') throw new Error(`no reply but ${outcome.kind}`)
  return outcome.reply
}

function bodyOf({ json, text, hex }: Sent): Buffer | undefined {
  if (json !== undefined) return Buffer.from(JSON.stringify(json))
  if (text !== undefined) return Buffer.from(text)
  return hex === undefined ? undefined : Buffer.from(hex, 'hex')
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, at): [string, string] => [flat[2 * at] as string, flat[2 * at + 1] as string])
    .filter(([name]) => name !== 'content-length')
    .map(([name, value]) => [name, name === 'date' ? '*' : value])
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
  const world = defineWorld({ tables: { secrets }, seed: () => ({ secrets: [{ key: 'TOKEN', value: 't' }, { key: 'KEY', value: 'k' }, { key: 'GATE', value: 'open' }] }), secrets: 'secrets' })
  const mock = { contract, behaviour: { operations: handlersOf(contract) } } as unknown as Mock
  const lane = new Lane(0, { mocks: [mock], world, seed: 1, strictAuth: true, journalLimit: 10, clock: '2026-01-17T09:15:30Z', complain: console.error })
  return lane.service('oracle')
}
