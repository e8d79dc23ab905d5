import { expect, test } from 'vitest'
import { agreedOn, conformReply } from '../../contracts/kit/conform.ts'
import { createRouter } from '../../contracts/kit/match.ts'
import { readScenario } from '../../scenarios/kit/load.ts'
import { writeYaml } from '../../scenarios/kit/yaml.ts'
import { drafted, draftedFrom, evaluated, startDrafted } from './imported.ts'

/** Of the suite that the mappings below come from, as it mocks its ticker service. */
const historical = {
  mappings: [
    {
      request: { method: 'GET', urlPathPattern: '/api/v2/historical/ohlcv' },
      response: {
        status: 200,
        jsonBody: {
          data: [
            { timestamp: '2024-01-01T09:15:00Z', open: 20000, high: 20100, low: 19950, close: 20050, volume: 100000 },
            { timestamp: '2024-01-01T09:20:00Z', open: 20050, high: 20120, low: 20000, close: 20080, volume: 120000 },
          ],
          metadata: { instrument_token: '{{request.query.instrument_token}}', interval: '{{request.query.interval}}', total_records: 2 },
        },
      },
    },
    {
      request: { method: 'GET', urlPathPattern: '/api/v2/historical/ohlcv', queryParameters: { instrument_token: { equalTo: 'invalid' } } },
      response: { status: 404, jsonBody: { error: 'Instrument not found', code: 'INSTRUMENT_NOT_FOUND' } },
    },
  ],
}

const text = async (suite: Awaited<ReturnType<typeof startDrafted>>, path: string, init?: RequestInit) => {
  const reply = await suite.fetch('imported', path, init)
  return `${reply.status} ${await reply.text()}`
}

test('the mappings of a real suite answer as they did: the later of two equals goes first, texts are rendered where WireMock would', async () => {
  await using suite = await startDrafted(draftedFrom({ 'mappings/historical.json': historical }, { templating: true }))
  const found = await suite.fetch('imported', '/api/v2/historical/ohlcv?instrument_token=256265&interval=5minute')
  expect(await found.json()).toMatchObject({ data: [{ open: 20000 }, {}], metadata: { instrument_token: '256265', interval: '5minute', total_records: 2 } })
  expect(await text(suite, '/api/v2/historical/ohlcv?instrument_token=invalid')).toBe('404 {"error":"Instrument not found","code":"INSTRUMENT_NOT_FOUND"}')
})

test('without the transformer a template is sent as it stands, and a note says so', async () => {
  const draft = draftedFrom({ 'mappings/historical.json': historical })
  await using suite = await startDrafted(draft)
  expect(await text(suite, '/api/v2/historical/ohlcv?interval=5minute')).toContain('"interval":"{{request.query.interval}}"')
  expect(draft.notes.join('\n')).toContain('mappings/historical.json, mapping 1: its body looks like a template but asks for no response-template')
})

test('the draft is code that somebody would go on writing: simple mappings are plain handlers', () => {
  const { mock } = drafted([
    { request: { method: 'GET', urlPath: '/health' }, response: { jsonBody: { status: 'healthy' } } },
    {
      name: 'a user',
      request: { method: 'GET', urlPathTemplate: '/users/{id}' },
      response: { body: 'Hello {{request.path.id}}', transformers: ['response-template'] },
    },
  ])
  expect(mock).toBe(`// A draft that mock-suite wrote from WireMock's mappings: each handler asks them in WireMock's order. Read it before you rely on it.
import { defineMock } from 'mock-suite'
import { asked, render } from 'mock-suite/wiremock'
import { imported } from '../contracts/imported.ts'

export const importedMock = defineMock(imported)({
  operations: {
    getHealth: () => ({ status: 200, body: { status: 'healthy' } }),

    aUser(call) {
      const request = asked(call)
      // mappings/all.json, mapping 2
      return { status: 200, body: render('Hello {{request.path.id}}', request, { urlPathTemplate: '/users/{id}' }) }
    },
  },
})
`)
})

test('priorities: the lower number goes first, 5 when left out, the last added among equals', async () => {
  const at = (priority: number | undefined, body: string, urlPathPattern = '/.*') => ({
    priority,
    request: { method: 'GET', urlPathPattern },
    response: { body },
  })
  const draft = drafted([at(1, 'urgent', '/special/.*'), at(undefined, 'five, first'), at(undefined, 'five, last', '/five.*'), at(10, 'fallback')])
  await using suite = await startDrafted(draft)
  expect([await text(suite, '/special/x'), await text(suite, '/five'), await text(suite, '/other')]).toEqual([
    '200 urgent',
    '200 five, last',
    '200 five, first',
  ])
  expect(draft.notes).toEqual(['mappings/all.json, mapping 4: never answers, since another mapping stands before it that takes the same requests.'])
})

test('files are read in the order they come, and what comes later stands before what came earlier', async () => {
  const say = (body: string) => ({ request: { method: 'GET', urlPath: '/order' }, response: { body } })
  await using suite = await startDrafted(draftedFrom({ 'mappings/a.json': { mappings: [say('a1'), say('a2')] }, 'mappings/b.json': say('b') }))
  expect(await text(suite, '/order')).toBe('200 b')
})

test('a fixed address gives way to a pattern with a better priority, as it would in WireMock', async () => {
  await using suite = await startDrafted(
    drafted([
      { request: { method: 'GET', urlPath: '/users/me' }, response: { body: 'me' } },
      { priority: 1, request: { method: 'GET', urlPathPattern: '/users/.*', queryParameters: { debug: { equalTo: '1' } } }, response: { body: 'anybody' } },
    ]),
  )
  expect([await text(suite, '/users/me'), await text(suite, '/users/me?debug=1'), await text(suite, '/users/you?debug=1')]).toEqual([
    '200 me',
    '200 anybody',
    '200 anybody',
  ])
})

const PATHS: [pattern: object, path: string, answers: boolean][] = [
  [{ urlPath: '/your/url' }, '/your/url?and=query', true],
  [{ urlPath: '/your/url' }, '/your/url/', false],
  [{ url: '/your/url?and=query' }, '/your/url?and=query', true],
  [{ url: '/your/url?and=query' }, '/your/url', false],
  [{ url: '/your/url' }, '/your/url?and=query', false],
  [{ urlPattern: '/your/([a-z]*)\\?and=query' }, '/your/url?and=query', true],
  [{ urlPattern: '/your/([a-z]*)\\?and=query' }, '/your/URL?and=query', false],
  [{ urlPathPattern: '/your/([a-z]*)' }, '/your/url?and=query', true],
  [{ urlPathPattern: '/your/([a-z]*)' }, '/your/url1', false],
  [{ urlPathPattern: '/api/v1/secrets/.*/value' }, '/api/v1/secrets/KEY/value', true],
  [{ urlPathPattern: '/api/v1/secrets/.*/value' }, '/api/v1/secrets/a/b/value', true],
  [{ urlPathPattern: '/api/v1/secrets/.*/value' }, '/api/v1/secrets/KEY', false],
  [{ urlPathPattern: '/instruments/.*' }, '/instruments/', true],
  [{ urlPathPattern: '/instruments/.*' }, '/instruments', false],
  [{ urlPathPattern: '/items/\\d{3}\\.json' }, '/items/123.json', true],
  [{ urlPathPattern: '/items/\\d{3}\\.json' }, '/items/1234.json', false],
  [{ urlPathPattern: '/a(/b)?' }, '/a', true],
  [{ urlPathPattern: '/a(/b)?' }, '/a/b', true],
  [{ urlPathPattern: '/a(/b)?' }, '/a/c', false],
  [{ urlPathPattern: '/a/?' }, '/a', true],
  [{ urlPathPattern: '/a/?' }, '/a/', true],
  [{ urlPathPattern: '/a|/b/c' }, '/b/c', true],
  [{ urlPathPattern: '(?i)/health' }, '/HEALTH', true],
  [{ urlPathPattern: '/(one|two)/three' }, '/two/three', true],
  [{ urlPathPattern: '/x[/]y' }, '/x/y', true],
  [{ urlPathTemplate: '/contacts/{contactId}/addresses/{addressId}' }, '/contacts/1/addresses/2', true],
  [{ urlPathTemplate: '/contacts/{contactId}/addresses/{addressId}' }, '/contacts/1/addresses/', false],
  [{ urlPathTemplate: '/contacts/{contactId}', pathParameters: { contactId: { equalTo: '12345' } } }, '/contacts/12345', true],
  [{ urlPathTemplate: '/contacts/{contactId}', pathParameters: { contactId: { equalTo: '12345' } } }, '/contacts/1', false],
  [{ urlPathTemplate: '/files/{name}.json' }, '/files/a.json', true],
  [{ urlPathTemplate: '/files/{name}.json' }, '/files/a.txt', false],
  [{ urlPath: '/with:colon/and*star' }, '/with:colon/and*star', true],
  [{ urlPath: '/with:colon/and*star' }, '/other/thing', false],
  [{ urlPath: '/a%20b' }, '/a%20b', true],
  [{}, '/whatever/there/is', true],
]

test('addresses become paths of a contract, and still take just what WireMock takes', async () => {
  const found: [object, string, boolean][] = []
  for (const [pattern, path] of PATHS) {
    await using suite = await startDrafted(drafted([{ request: { method: 'GET', ...pattern }, response: { body: 'yes' } }]))
    found.push([pattern, path, (await text(suite, path)) === '200 yes'])
  }
  expect(found).toEqual(PATHS)
}, 60_000)

test('what no mapping is for is a 404 in plain text, whatever the method', async () => {
  await using suite = await startDrafted(
    drafted([{ request: { method: 'GET', urlPath: '/a', headers: { 'X-Key': { equalTo: '1' } } }, response: { body: 'a' } }]),
  )
  for (const [path, init] of [
    ['/a', {}],
    ['/b', {}],
    ['/a', { method: 'POST' }],
    ['/a/', {}],
  ] as const) {
    const reply = await suite.fetch('imported', path, init)
    expect([reply.status, reply.headers.get('content-type')]).toEqual([404, 'text/plain;charset=UTF-8'])
    expect(await reply.text()).toContain('Request was not matched')
  }
  expect(suite.journal.entries().flatMap(({ violations = [] }) => violations)).toEqual([])
})

test('a mapping for any method answers all of them with one function', async () => {
  const draft = drafted([{ request: { urlPath: '/any' }, response: { jsonBody: { ok: true } } }])
  await using suite = await startDrafted(draft)
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) expect(await text(suite, '/any', { method })).toBe('200 {"ok":true}')
  expect(draft.mock.match(/ok: true/g)).toHaveLength(1)
})

test('headers, cookies, credentials, forms and bodies decide', async () => {
  const request = { method: 'POST', urlPath: '/everything' }
  await using suite = await startDrafted(
    drafted([
      { request: { ...request, headers: { Accept: { contains: 'xml' } }, cookies: { session: { matches: '.*12345.*' } } }, response: { body: 'head' } },
      { request: { ...request, basicAuthCredentials: { username: 'jeff@example.com', password: 'jeffteenjefftyjeff' } }, response: { body: 'auth' } },
      { request: { ...request, formParameters: { tool: { equalTo: 'WireMock' } } }, response: { body: 'form' } },
      { request: { ...request, bodyPatterns: [{ equalToJson: '{ "total_results": 4 }' }] }, response: { body: 'json' } },
      { request: { ...request, bodyPatterns: [{ matchesJsonPath: "$.things[?(@.name == 'RequiredThing')]" }] }, response: { body: 'path' } },
    ]),
  )
  const ask = (headers: Record<string, string>, body?: string) =>
    text(suite, '/everything', { method: 'POST', headers, ...(body === undefined ? {} : { body }) })
  expect(await ask({ accept: 'text/xml', cookie: 'a=b; session=x12345y' })).toBe('200 head')
  expect(await ask({ authorization: `Basic ${btoa('jeff@example.com:jeffteenjefftyjeff')}` })).toBe('200 auth')
  expect(await ask({ 'content-type': 'application/x-www-form-urlencoded' }, 'tool=WireMock')).toBe('200 form')
  expect(await ask({ 'content-type': 'text/plain' }, '{"total_results": 4}')).toBe('200 json')
  expect(await ask({}, '{"things":[{"name":"RequiredThing"}]}')).toBe('200 path')
  expect(await ask({}, '{"things":[]}')).toMatch(/^404/)
})

test('scenarios of WireMock are states of the lane: a reset puts them back', async () => {
  const list = { scenarioName: 'To do list', request: { method: 'GET', urlPath: '/todo' } }
  await using suite = await startDrafted(
    drafted([
      { ...list, requiredScenarioState: 'Started', response: { jsonBody: ['Buy milk'] } },
      {
        ...list,
        request: { method: 'POST', urlPath: '/todo' },
        requiredScenarioState: 'Started',
        newScenarioState: 'Cancel newspaper item added',
        response: { status: 201 },
      },
      { ...list, requiredScenarioState: 'Cancel newspaper item added', response: { jsonBody: ['Buy milk', 'Cancel newspaper subscription'] } },
    ]),
  )
  expect(await text(suite, '/todo')).toBe('200 ["Buy milk"]')
  expect(await text(suite, '/todo', { method: 'POST' })).toBe('201 ')
  expect(await text(suite, '/todo')).toBe('200 ["Buy milk","Cancel newspaper subscription"]')
  suite.reset()
  expect(await text(suite, '/todo')).toBe('200 ["Buy milk"]')
})

test('bodies come from jsonBody, body, base64Body and files; headers may come several times', async () => {
  const at = (urlPath: string, response: object) => ({ request: { method: 'GET', urlPath }, response })
  const json = { 'Content-Type': 'application/json' }
  await using suite = await startDrafted(
    drafted(
      [
        at('/file', { bodyFileName: 'a.json', headers: json }),
        at('/base64', { base64Body: 'SGVsbG8=' }),
        at('/bytes', { base64Body: '/////w==', headers: { 'Content-Type': 'image/png' } }),
        at('/many', { status: 302, headers: { Location: '/x', 'Set-Cookie': ['a=1', 'b=2'] } }),
        at('/template', { body: '{"n": {{request.query.n}}}', headers: json, transformers: ['response-template'] }),
      ],
      { bodies: { 'a.json': '{ "from": "a file" }' } },
    ),
  )
  expect(await text(suite, '/file')).toBe('200 {"from":"a file"}')
  expect(await text(suite, '/base64')).toBe('200 Hello')
  expect(new Uint8Array(await (await suite.fetch('imported', '/bytes')).arrayBuffer())).toEqual(new Uint8Array([255, 255, 255, 255]))
  const many = await suite.fetch('imported', '/many', { redirect: 'manual' })
  expect([many.status, many.headers.get('location'), many.headers.getSetCookie()]).toEqual([302, '/x', ['a=1', 'b=2']])
  const template = await suite.fetch('imported', '/template?n=5')
  expect([template.headers.get('content-type'), await template.text()]).toEqual(['application/json', '{"n": 5}'])
  expect(suite.journal.entries().flatMap(({ violations = [] }) => violations)).toEqual([])
})

test('delays and faults become a scenario that the loader takes', async () => {
  const at = (urlPath: string, response: object) => ({ request: { method: 'GET', urlPath }, response })
  const { scenario } = drafted([
    at('/slow', { fixedDelayMilliseconds: 500 }),
    at('/jittery', { delayDistribution: { type: 'uniform', lower: 15, upper: 25 } }),
    at('/long-tail', { delayDistribution: { type: 'lognormal', median: 80, sigma: 0.4 } }),
    at('/dribble', { body: 'Hello world!', chunkedDribbleDelay: { numberOfChunks: 4, totalDuration: 1000 } }),
    at('/fault', { fault: 'MALFORMED_RESPONSE_CHUNK' }),
    at('/reset', { fault: 'CONNECTION_RESET_BY_PEER' }),
  ])
  expect(scenario?.rules?.map(({ when, inject }) => [when.operation, ...inject])).toEqual([
    ['getSlow', { fault: 'latency', ms: 500 }],
    ['getJittery', { fault: 'latency', ms: 20, jitter: 5 }],
    ['getLongTail', { fault: 'latency', ms: 80, jitter: 39.3, distribution: 'lognormal' }],
    ['getDribble', { fault: 'slicer', size: 3, delay: '250ms' }],
    ['getFault', { fault: 'malformed' }],
    ['getReset', { fault: 'reset' }],
  ])
  expect(readScenario(writeYaml(scenario), 'drafted.yaml')).toBeDefined()
})

test('a mapping whose matcher is not carried is left out rather than answering too much', () => {
  const at = (request: object) => ({ request: { method: 'POST', urlPath: '/x', ...request }, response: { body: 'x' } })
  const draft = drafted([
    at({ bodyPatterns: [{ equalToXml: '<a/>' }] }),
    at({ multipartPatterns: [] }),
    at({ headers: { a: { matches: '(?<=x*)(' } } }),
    { request: { method: 'GET', urlPath: '/proxy' }, response: { proxyBaseUrl: 'http://elsewhere' } },
    { request: { method: 'GET', urlPath: '/ok' }, response: { body: '{{nosuch request.path}}', transformers: ['response-template', 'mine'] } },
  ])
  expect(draft.mappings).toBe(1)
  expect(draft.notes).toEqual([
    'mappings/all.json, mapping 1: the matcher equalToXml is not carried; the mapping is left out.',
    'mappings/all.json, mapping 2: the matcher multipartPatterns is not carried; the mapping is left out.',
    'mappings/all.json, mapping 3: the regular expression (?<=x*)( is none that is carried; the mapping is left out.',
    'mappings/all.json, mapping 4: a proxied reply is not carried; the mapping is left out. Put a relay in front of the real service.',
    'mappings/all.json, mapping 5: the transformer mine is not carried.',
    'mappings/all.json, mapping 5: the template helper nosuch is not carried, and renders as an error.',
  ])
})

test('what holds no mapping is refused', () => {
  expect(() => draftedFrom({ 'mappings/x.json': { hello: 'world' } })).toThrow('could not find a mapping')
})

test('every example of a drafted contract keeps it, and is what the mock answers', async () => {
  const draft = drafted([
    {
      request: { method: 'GET', urlPathPattern: '/users/[0-9]+' },
      response: { jsonBody: { id: 1, tags: ['a', 2, null], at: '{{now}}' }, transformers: ['response-template'] },
    },
    { request: { method: 'POST', urlPath: '/users', bodyPatterns: [{ equalToJson: { name: 'x' } }] }, response: { status: 201, jsonBody: { made: true } } },
    { request: { method: 'GET', urlPath: '/search', queryParameters: { q: { contains: 'x' } } }, response: { body: 'found' } },
    { request: { method: 'GET', urlPathPattern: '/secrets/.*/value' }, response: { jsonBody: [] } },
  ])
  const { contract } = await evaluated(draft)
  await using suite = await startDrafted(draft)
  for (const [name, operation] of Object.entries(contract.operations)) {
    const examples = Object.values(operation.details().examples)
    expect(examples.length, name).toBeGreaterThan(0)
    for (const { params = {}, query, headers = {}, body, reply } of examples) {
      const contentType = agreedOn(contract, operation, reply.status)?.contentType
      expect(conformReply(contract, operation, { ...reply, contentType, headers: [] }), name).toEqual([])
      const path = operation.path.replace(/:(\w+)|\*/g, (_all, param = '*') => params[param] ?? '')
      expect(createRouter(contract).match(operation.method, path), path).toMatchObject({ name })
      const target = query === undefined ? path : `${path}?${new URLSearchParams(query)}`
      const answered = await suite.fetch('imported', target, {
        method: operation.method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      expect(answered.status, target).toBe(reply.status)
    }
  }
})
