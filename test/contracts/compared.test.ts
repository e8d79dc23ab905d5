import { expect, test } from 'vitest'
import { createDirectory } from '../../contracts/drift/addressee.ts'
import { type Answered, comparedDays, foundIn, order, recorded, shop, told } from './compared.ts'

const kept: Answered = { body: order }
const now = (own: object): Answered => ({ body: { ...order, ...own } })
const changed = (own: object) => foundIn('order', kept, now(own))

test('a member that is gone is one finding, however much it held', () => {
  const { buyer: _, ...rest } = order
  expect(foundIn('order', kept, { body: rest })).toEqual(['breaking provider-changed shop.order 200 body /buyer removed'])
})

test('other data of the same contract are no finding', () => {
  expect(changed({ lines: [], prices: {}, note: 'fragile', paid: { by: 'cash', change: 0.5, drawer: 3 } })).toEqual([])
  const { note: _, ...rest } = order
  expect(foundIn('order', kept, { body: rest })).toEqual([])
})

test('of a list one element may break, of a map one key: each is told once, and where', () => {
  const lines = [
    { sku: 'ABC', amount: 1 },
    { sku: 'XYZ', amount: '2' },
    { sku: 'XYZ', amount: 'three' },
  ]
  expect(changed({ lines })).toEqual(['warning provider-changed shop.order 200 body /lines/*/amount type'])
  expect(changed({ prices: { ABC: { net: 1 }, XYZ: { net: null } } })).toEqual(['warning provider-changed shop.order 200 body /prices/*/net null'])
})

test('a list that is no list any more, or null, is one finding', () => {
  expect(changed({ lines: { items: [] } })).toEqual(['warning provider-changed shop.order 200 body /lines type'])
  expect(changed({ lines: null })).toEqual(['warning provider-changed shop.order 200 body /lines null'])
})

test('of several forms the one that says what it is was meant', () => {
  expect(changed({ paid: { by: 'cash', change: 'none', drawer: 1 } })).toEqual(['warning provider-changed shop.order 200 body /paid/change type'])
  expect(changed({ paid: { by: 'cash', drawer: 1 } })).toEqual(['warning provider-changed shop.order 200 body /paid/change removed'])
  expect(changed({ paid: { by: 'cheque', bank: 'x' } })).toEqual(['warning provider-changed shop.order 200 body /paid/by value'])
  expect(changed({ paid: { number: '42' } })).toEqual(['warning provider-changed shop.order 200 body /paid/by removed'])
  expect(changed({ paid: null })).toEqual(['warning provider-changed shop.order 200 body /paid null'])
  expect(changed({ paid: { by: null, number: '42' } })).toEqual(['warning provider-changed shop.order 200 body /paid/by null'])
})

test('what tells forms apart is told with all of its words', () => {
  const { findings } = comparedDays([[['order', now({ paid: { by: 'cheque' } })]]])
  expect(findings[0]).toMatchObject({ pointer: '/paid/by', contractSays: '"card" or "cash"', realSays: '"cheque"' })
})

test('where nothing says which form was meant, it is the one with whose members most agree', () => {
  const draft = { id: 'o2', draft: true, by: 'Ada' }
  const list = (own: unknown) => foundIn('orders', { body: [draft, { id: 'o1', total: 3 }] }, { body: [{ id: 'o1', total: 3 }, own] })
  expect(list({ id: 'o2', draft: true })).toEqual(['breaking provider-changed shop.orders 200 body /*/by removed'])
  expect(list({ id: 'o1', total: '3' })).toEqual(['breaking provider-changed shop.orders 200 body /*/total type'])
  expect(list({ id: 'o2', draft: true, by: 'Ada', colour: 'red' })).toEqual(['information provider-changed shop.orders 200 body /*/colour added'])
  expect(list('o2')).toEqual(['breaking provider-changed shop.orders 200 body /* type'])
})

test('a root that is a list has elements, and one that is no list any more is one finding', () => {
  expect(foundIn('orders', { body: [{ id: 'o1', total: 3 }] }, { body: { orders: [] } })).toEqual(['breaking provider-changed shop.orders 200 body / type'])
  expect(foundIn('orders', { body: [] }, { body: [] })).toEqual([])
})

test('a recursive reply is told wherever it breaks', () => {
  const tree = (leaf: unknown) => ({ body: { name: 'root', children: [{ name: 'twig', children: [{ name: leaf, children: [] }] }] } })
  expect(foundIn('tree', tree('leaf'), tree(3))).toEqual(['breaking provider-changed shop.tree 200 body /children/*/children/*/name type'])
})

test('a page of HTML in place of JSON is of another content type, and nothing else', () => {
  const html = { headers: ['content-type', 'text/html', 'x-till', '1'], body: '<h1>Hello</h1>' }
  expect(foundIn('order', kept, html)).toEqual(['breaking provider-changed shop.order 200 content-type content-type content-type'])
  const json = { headers: ['content-type', 'application/json'], body: { up: 1 } }
  const metrics = { headers: ['content-type', 'text/plain; version=0.0.4'], body: 'up 1\n' }
  expect(foundIn('metrics', metrics, json)).toEqual(['breaking provider-changed shop.metrics 200 content-type content-type content-type'])
  expect(foundIn('metrics', metrics, metrics)).toEqual([])
})

test('JSON that is none, under its own content type, is a body of another type; a parameter of the type is nothing', () => {
  expect(foundIn('order', kept, { body: '{"id": ' })).toEqual(['breaking provider-changed shop.order 200 body / type'])
  expect(foundIn('order', kept, { ...kept, headers: ['Content-Type', 'application/json; charset=utf-8', 'X-Till', '1'] })).toEqual([])
})

test('a reply without a body may call itself JSON, as those of FastAPI do', () => {
  const gone = { status: 204, headers: [] }
  expect(foundIn('forget', gone, { status: 204, headers: ['content-type', 'application/json'] })).toEqual([])
})

test('a header that the contract names is missed, and others are not looked at', () => {
  expect(foundIn('order', kept, { ...kept, headers: ['content-type', 'application/json'] })).toEqual([
    'breaking provider-changed shop.order 200 header x-till removed',
  ])
  expect(foundIn('order', kept, { ...kept, headers: ['content-type', 'application/json', 'x-till', '1', 'x-till', '2', 'set-cookie', 'a=b'] })).toEqual([])
})

test('of a reply whose end was not kept, status and head are judged, the body is not', () => {
  expect(foundIn('order', kept, { body: '{"id": 4, "no', cut: true })).toEqual([])
  expect(foundIn('order', kept, { body: '{"id": 4, "no', cut: true, status: 299 })).toEqual(['breaking provider-changed shop.order 299 status 299 status'])
})

test('whole numbers past 2^53 are read to the digit where the contract says so', () => {
  expect(foundIn('ledger', { body: '{"sum": 3}' }, { body: '{"sum": 9007199254740993}' })).toEqual([])
  expect(foundIn('ledger', { body: '{"sum": 3}' }, { body: '{"sum": "9007199254740993"}' })).toEqual([
    'breaking provider-changed shop.ledger 200 body /sum type',
  ])
})

test('a service out of order is a warning whatever its page looks like', () => {
  const html = { headers: ['content-type', 'text/html'], body: '<h1>Bad gateway</h1>' }
  expect(foundIn('order', kept, { ...html, status: 502 })).toEqual(['warning provider-changed shop.order 502 status 502 status'])
  expect(foundIn('order', kept, { ...html, status: 500 }).filter((one) => one.startsWith('breaking'))).toEqual([])
})

test('names that every object of JavaScript knows are members like others', () => {
  const strange = JSON.parse('{"__proto__": {"a": 1}, "constructor": {"b": 2}, "toString": 3, "hasOwnProperty": [{}]}')
  const body = JSON.stringify(order).replace(/}$/, `, ${JSON.stringify(strange).slice(1)}`)
  expect(foundIn('order', kept, { body })).toEqual(
    ['__proto__', 'constructor', 'hasOwnProperty', 'toString'].map((name) => `information provider-changed shop.order 200 body /${name} added`),
  )
})

test('thousands of members that nobody agreed on stay a few findings', () => {
  const strange = (from: number) => Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`m${from + at}`, { deep: { x: 1 } }]))
  const { findings } = comparedDays([[['order', kept]], [0, 5000, 10_000].map((from) => ['order', now(strange(from))] as const)])
  expect(findings.length).toBeLessThanOrEqual(51)
  expect(told(findings)).toContain('information provider-changed shop.order 200 body /* added')
})

test('recordings may be given in any order: who left whom is told by time', () => {
  const late = comparedDays([[['order', kept]], [['order', now({ lines: null })]]])
  expect(late.findings[0]?.lastAgreed).toBe('1970-01-01T00:00:00.000Z')
})

test('two versions that answer side by side are told apart', () => {
  const broken = now({ lines: null })
  const { findings } = comparedDays([
    [
      ['order', { ...kept, version: '1' }],
      ['order', { ...broken, version: '2' }],
      ['order', { ...kept, version: '1' }],
      ['order', { ...broken, version: '2' }],
    ],
  ])
  expect(told(findings)).toEqual(['warning provider-changed shop.order 200 body /lines null'])
  expect(findings[0]).toMatchObject({ versions: { before: '1', after: '2' }, lastAgreed: '1970-01-01T00:00:00.000Z', mended: null, seen: { times: 2, of: 4 } })
})

test('a break that comes and goes is not mended because it did not show twice', () => {
  const broken = now({ lines: null })
  const flapping = [...Array.from({ length: 9 }, () => ['order', kept] as const), ['order', broken] as const]
  const twice = [['order', kept] as const, ['order', kept] as const]
  expect(comparedDays([twice, flapping, twice]).findings).toMatchObject([{ severity: 'warning', mended: null }])
  const often = Array.from({ length: 60 }, () => ['order', kept] as const)
  expect(comparedDays([twice, flapping, often]).findings).toMatchObject([{ severity: 'information', mended: '1970-01-03T00:00:00.000Z' }])
})

test('what was removed from a recording breaks nothing: a pseudonym has a form of its own', () => {
  const lines = [{ sku: 'redacted-8f2a', amount: 1 }]
  expect(foundIn('order', kept, { ...now({ lines }), redactions: ['reply body /lines/*/sku'] })).toEqual([])
  expect(foundIn('order', kept, { ...now({ lines }), redactions: ['reply body /buyer/name'] })).toEqual([
    'warning provider-changed shop.order 200 body /lines/*/sku format',
  ])
})

test('an operation is proven by a reply that it promises; that strangers are turned away proves nothing', () => {
  const stateOf = (answered: Answered) => comparedDays([[['order', answered]]]).coverage.find(({ operation }) => operation === 'order')
  expect(stateOf(kept)).toMatchObject({ state: 'proven', statuses: { 200: 1 }, lastRecorded: '1970-01-01T00:00:00.000Z' })
  expect(stateOf({ status: 401, body: { detail: 'Not authenticated' } })).toMatchObject({ state: 'unproven', exchanges: 1, statuses: { 401: 1 } })
  expect(stateOf({ status: 503, body: { detail: 'down' } })).toMatchObject({ state: 'unproven', exchanges: 1 })
  expect(stateOf({ status: 404, body: { detail: 'none' } })).toMatchObject({ state: 'unproven', exchanges: 1 })
})

test('a version that is another with every reply does not grow without end', () => {
  const { findings, recordings } = comparedDays([Array.from({ length: 500 }, (_, at) => ['order', { ...kept, version: `build-${at}` }] as const)])
  expect(findings).toEqual([])
  expect(recordings[0]?.versions.length).toBeLessThanOrEqual(50)
})

test('two findings never have one name', () => {
  const refusal = (status: number): Answered => ({
    status,
    body: { detail: [{ loc: ['body', 'gift'], msg: 'Field required' }] },
    sent: { sku: 'ABC' },
    fake: { status: 201, body: { id: 'o1' }, violations: [] },
  })
  const odd = (status: number): Answered => ({ status: 404, body: { detail: 'none' }, fake: { status, body: {}, violations: [] } })
  const broken = { status: 200, body: order, violations: [{ part: 'body' as const, pointer: '/lines', message: 'no' }] }
  const { findings } = comparedDays([
    [
      ['create', refusal(400)],
      ['create', refusal(422)],
      ['order', odd(200)],
      ['order', odd(409)],
      ['order', { ...now({ lines: 'x' }), fake: broken }],
      [
        'order',
        { body: { ...order, lines: [{ sku: '1', amount: 1 }] }, fake: { ...broken, violations: [{ part: 'body', pointer: '/lines/0/sku', message: 'no' }] } },
      ],
    ],
  ])
  const ids = findings.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  expect(ids.filter((id) => id.includes('insists'))).toEqual(['shop.create request body /gift insists'])
})

test('a refusal that names a member is told as that, not as a status besides', () => {
  const refused: Answered = {
    status: 415,
    body: { detail: [{ loc: ['body', 'gift'], msg: 'Field required' }] },
    sent: { sku: 'ABC' },
    fake: { status: 201, body: { id: 'o1' }, violations: [] },
  }
  expect(foundIn('create', { status: 201, body: { id: 'o1' }, sent: { sku: 'ABC' } }, refused)).toEqual([
    'breaking provider-changed shop.create request body /gift insists',
  ])
})

test('a refusal that says nothing of why is told as its status', () => {
  const refused: Answered = { status: 415, body: { detail: 'no' }, sent: { sku: 'ABC' }, fake: { status: 201, body: { id: 'o1' }, violations: [] } }
  expect(foundIn('create', { status: 201, body: { id: 'o1' }, sent: { sku: 'ABC' } }, refused)).toEqual([
    'breaking provider-changed shop.create 415 status 415 status',
  ])
})

test('an accepted body of ten megabytes, all of it wrong, is one finding', () => {
  const lines = Array.from({ length: 200_000 }, () => ({ sku: 'ABC', amount: 'many' }))
  expect(changed({ lines })).toEqual(['warning provider-changed shop.order 200 body /lines/*/amount type'])
})

test('whose a request was is told by the recording, its folder, its host or its port', () => {
  const whose = createDirectory([shop])
  const at = (url: string, own = {}, folder?: string) => {
    const { service: _, operation: __, ...strange } = recorded('order', 0)
    const found = whose({ ...strange, request: { ...strange.request, url }, ...own }, folder)
    return found && [found.match?.name, found.target]
  }
  expect(at('http://elsewhere/orders/o1?x=1', { service: 'shop' })).toEqual(['order', '/orders/o1?x=1'])
  expect(at('http://elsewhere/orders/o1', {}, 'shop')).toEqual(['order', '/orders/o1'])
  expect(at('http://shop-service/orders/o%C3%BC%20%25')).toEqual(['order', '/orders/o%C3%BC%20%25'])
  expect(at('http://localhost:8123/orders')).toEqual(['orders', '/orders'])
  expect(at('https://gateway/orders/o1')).toBe(undefined)
  expect(at('http://shop-service/orders/o1/lines')).toEqual([undefined, '/orders/o1/lines'])
})

test('a service may lie below a path of its own; who recorded it knew how far', () => {
  const whose = createDirectory([shop])
  const target = (path: string, operation?: string) => {
    const exchange = recorded('order', 0, { path })
    return whose({ ...exchange, operation })?.target
  }
  expect(target('/shop/api/orders/o1')).toBe('/orders/o1')
  expect(target('/in/the/old/town/orders/o1')).toBe('/in/the/old/town/orders/o1')
  expect(target('/in/the/old/town/orders/o1', 'order')).toBe('/orders/o1')
  expect(target('/orders/orders', 'orders')).toBe('/orders')
})
