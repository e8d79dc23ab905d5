import * as z from 'zod'
import type { FakeAnswer } from '../../contracts/drift/breaks/fake-answer.ts'
import { Comparison } from '../../contracts/drift/compare.ts'
import type { Finding } from '../../contracts/drift/finding.ts'
import { defineContract, get, post } from '../../contracts/kit/contract.ts'
import { fastapi } from '../../contracts/kit/fastapi.ts'
import { createRouter } from '../../contracts/kit/match.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'

const about = { evidence: 'client', source: 'test', examples: {} } as const
const node: z.ZodType = z.strictObject({ name: z.string(), children: z.lazy(() => z.array(node)) })

/** A small service with a reply of every kind. */
export const shop = defineContract({
  service: 'shop',
  title: 'Shop',
  port: 8123,
  host: 'shop-service',
  env: {},
  errors: fastapi({ version: '0.115.0' }),
  operations: {
    order: get('/orders/:id', () => ({
      ...about,
      summary: 'One order.',
      params: z.object({ id: z.string() }),
      responses: {
        200: {
          body: z.strictObject({
            id: z.string().meta({ readBy: ['till.py'] }),
            note: z.string().nullable().optional(),
            buyer: z.strictObject({ name: z.string().meta({ readBy: ['till.py'] }), city: z.string() }),
            lines: z.array(z.strictObject({ sku: z.string().regex(/^[A-Z]{3}$/), amount: z.int() })),
            prices: z.record(z.string(), z.strictObject({ net: z.number() })),
            paid: z.discriminatedUnion('by', [
              z.strictObject({ by: z.literal('card'), number: z.string() }),
              z.strictObject({ by: z.literal('cash'), change: z.number(), drawer: z.int() }),
            ]),
          }),
          headers: { 'x-till': z.string() },
        },
        404: z.strictObject({ detail: z.string() }),
      },
    })),
    orders: get('/orders', () => ({
      ...about,
      summary: 'All orders.',
      responses: {
        200: z.array(
          z.union([z.strictObject({ id: z.string(), total: z.number() }), z.strictObject({ id: z.string(), draft: z.literal(true), by: z.string() })]),
        ),
      },
    })),
    ledger: get('/ledger', () => ({ ...about, summary: 'Sums.', lossless: true, responses: { 200: z.strictObject({ sum: z.union([z.int(), z.bigint()]) }) } })),
    tree: get('/tree', () => ({ ...about, summary: 'A tree.', responses: { 200: node } })),
    metrics: get('/metrics', () => ({ ...about, summary: 'Metrics.', responses: { 200: { body: z.string(), contentType: 'text/plain; version=0.0.4' } } })),
    forget: post('/forget', () => ({ ...about, summary: 'Forgets.', responses: { 204: { body: z.null(), contentType: '' } } })),
    create: post('/orders', () => ({
      ...about,
      summary: 'An order.',
      body: z.object({ sku: z.string(), gift: z.boolean().optional() }),
      responses: { 201: z.strictObject({ id: z.string() }) },
    })),
  },
})

export type ShopOperation = keyof (typeof shop)['operations']

export const order = {
  id: 'o1',
  note: null,
  buyer: { name: 'Ada', city: 'Pune' },
  lines: [
    { sku: 'ABC', amount: 1 },
    { sku: 'XYZ', amount: 2 },
  ],
  prices: { ABC: { net: 1.5 }, XYZ: { net: 2 } },
  paid: { by: 'card', number: '42' },
}

export interface Answered {
  status?: number
  /** Bytes as they are, or a value that is sent as JSON. */
  body?: unknown
  /** @default application/json, and the one header that an order needs */
  headers?: readonly string[]
  version?: string
  sent?: unknown
  path?: string
  cut?: boolean
  fake?: FakeAnswer
  redactions?: readonly string[]
}

const PATHS: Readonly<Record<ShopOperation, readonly [method: string, path: string]>> = {
  order: ['GET', '/orders/o1'],
  orders: ['GET', '/orders'],
  ledger: ['GET', '/ledger'],
  tree: ['GET', '/tree'],
  metrics: ['GET', '/metrics'],
  forget: ['POST', '/forget'],
  create: ['POST', '/orders'],
}

/** What a shop answered, as it would be recorded. */
export function recorded(
  operation: ShopOperation,
  at: number,
  { status = 200, body, headers, version, sent, path, cut, redactions }: Answered = {},
): RecordedExchange {
  const [method, usual] = PATHS[operation]
  return {
    ...{ at, milliseconds: 1, service: 'shop', operation },
    ...(version === undefined ? {} : { version }),
    ...(redactions === undefined ? {} : { redactions }),
    request: {
      method,
      url: `http://shop-service:8123${path ?? usual}`,
      headers: [],
      body: sent === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(sent)),
    },
    reply: {
      status,
      headers: headers ?? ['content-type', 'application/json', 'x-till', '1'],
      body: typeof body === 'string' || Buffer.isBuffer(body) ? Buffer.from(body) : body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
      ...(cut === true ? { cut } : {}),
    },
  }
}

const router = createRouter(shop)

export type Days = readonly (readonly (readonly [ShopOperation, Answered])[])[]

/** All that comes of days at the shop, a recording each: a second between exchanges, a day between recordings. */
export function comparedDays(days: Days) {
  const comparison = new Comparison({ contracts: [shop], now: days.length * DAY })
  for (const [day, answers] of days.entries()) {
    for (const [entry, [operation, answered]] of answers.entries()) {
      const exchange = recorded(operation, day * DAY + entry * 1000, answered)
      const match = router.match(exchange.request.method, new URL(exchange.request.url).pathname)
      comparison.add({ recording: `day-${day}.har`, entry, exchange, contract: shop, match: 'kind' in match ? undefined : match, fake: answered.fake })
    }
  }
  return comparison.report()
}

const DAY = 86_400_000

/** What is found when a shop that kept its contract yesterday answers so today. */
export function foundIn(operation: ShopOperation, kept: Answered, now: Answered): string[] {
  return told(comparedDays([[[operation, kept]], [[operation, now]]]).findings)
}

/** `breaking provider-changed 200 body /lines/*` + change, as short as can be told apart. */
export const told = (findings: readonly Finding[]): string[] => findings.map(({ id, severity, verdict }) => `${severity} ${verdict} ${id}`)
