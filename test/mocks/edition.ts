import * as z from 'zod'
import { defineContract, get } from '../../contracts/kit/contract.ts'
import { fastapi } from '../../contracts/kit/fastapi.ts'
import { defineMock, table } from '../../mocks/index.ts'
import type { Mock } from '../../mocks/kit/mock.ts'
import type { Neighbourhood } from '../../mocks/kit/suite.ts'
import { world } from '../../mocks/world/index.ts'

interface EditionOptions {
  /** 0 takes a free one. */
  port?: number
  /** Called while its tables are filled. */
  seeding?: () => void
  /** Called when its contract is spelt out. */
  reading?: () => void
}

/** What a service of {@link edition} answers at `/tell`. */
export interface Told {
  code: number
  record: number
  ttl: string
  id: string
}

const note = () => z.strictObject({ name: z.string(), edition: z.int() })

/** A service that tells of which edition its code is, and of which its records; `/only/N` is there in edition N alone. */
export function edition(service: string, number: number, { port = 0, seeding = () => {}, reading = () => {} }: EditionOptions = {}): Mock {
  const own = {
    [`only${number}`]: get(`/only/${number}`, () => ({
      summary: 'One of this edition.',
      responses: { 200: z.strictObject({}) },
      evidence: 'document',
      source: 'this test',
      examples: {},
    })),
  }
  const contract = defineContract({
    service,
    title: `The ${service}`,
    port,
    host: service,
    env: { [`${service.toUpperCase()}_URL`]: ({ url }) => url },
    errors: fastapi({ version: '0.115.0' }),
    operations: {
      tell: get('/tell', () => {
        reading()
        return {
          summary: 'Tells the edition.',
          responses: { 200: z.strictObject({ code: z.int(), record: z.int(), ttl: z.string(), id: z.string() }) },
          evidence: 'document',
          source: 'this test',
          examples: {},
        }
      }),
      ...(own as Record<never, never>),
    },
  })
  const mock = defineMock(contract)({
    tables: { notes: table(note, { key: 'name' }) },
    seed: () => {
      seeding()
      return { notes: [{ name: 'the note', edition: number }] }
    },
    operations: {
      tell: ({ tables, world: { settings }, ids }) => ({
        status: 200,
        body: {
          code: number,
          record: tables.notes.get('the note')?.edition ?? 0,
          ttl: String(settings.get('CACHE_TTL_SECONDS')?.value ?? ''),
          id: ids.next('told'),
        },
      }),
      ...({ [`only${number}`]: () => ({ status: 200, body: {} }) } as Record<never, never>),
    },
  })
  return mock as unknown as Mock
}

/** The default world with these services alone. */
export function around(...mocks: readonly Mock[]): Neighbourhood<string> {
  return { mocks: Object.fromEntries(mocks.map((mock) => [mock.contract.service, mock])), world }
}
