import http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { type Captured, captured } from './captured.ts'

interface Heard {
  status: number
  contentType: string | undefined
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a client in Python would read, it reads without a type
  json: any
}

let suite: Awaited<ReturnType<typeof startSuite>>
beforeAll(async () => {
  suite = await startSuite({ ports: 'auto' })
})
afterAll(() => suite.stop())

test.each(captured.map((request, line) => ({ name: `line ${line}: ${request.service} ${request.method} ${request.target}`, request })))(
  '$name is answered so that its client is content',
  async ({ request }) => {
    const reader = READERS.find(({ service, matches }) => service === request.service && matches.test(`${request.method} ${request.target}`))
    expect(reader, 'a reader that knows what this client looks at').toBeDefined()
    reader?.content(await send(request), request)
    expect(suite.journal.entries({ limit: 1 })).toMatchObject([{ failure: null, violations: [], problem: null, status: expect.any(Number) }])
  },
)

test('every reader had something to read', () => {
  const idle = READERS.filter(({ service, matches }) => !captured.some((one) => one.service === service && matches.test(`${one.method} ${one.target}`)))
  expect(idle.map(({ matches }) => matches.source)).toEqual([])
})

/** What each client looks at, as the facts tell it (C1); everything else in a reply is nobody's business. */
const READERS: { service: string; matches: RegExp; content: (heard: Heard, request: Captured) => void }[] = [
  reader('config', /^GET \/(api\/v1\/)?health$/, ({ status }) => expect(status).toBe(200)),
  reader('config', /^GET \/api\/v1\/secrets\/\w+$/, hasValue),
  reader('config', /^GET \/api\/v1\/config\/[\w.]+$/, hasValue),
  reader('config', /^GET \/api\/v1\/secrets\/\w+\/value\?environment=production$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(json.secret_value).toEqual(expect.any(String))
  }),
  reader('config', /^GET \/api\/v1\/ports\/\w+\/url(\?host=[\w-]+)?$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(new URL(json.url).protocol).toBe('http:')
  }),

  reader('alert', /^POST \/api\/v1\/alerts$/, (heard) => {
    expect([200, 201]).toContain(heard.status)
    aiohttpCanRead(heard)
    expect(heard.json.success).toBe(true)
  }),
  reader('alert', /^GET \/api\/v1\/notifications\/preferences\?user_id=\w+$/, (heard) => {
    expect(heard.status).toBe(200)
    aiohttpCanRead(heard)
    expect(heard.json.channels).toEqual(expect.arrayContaining(['ui']))
    expect([null, expect.any(String)]).toContainEqual(heard.json.email_address)
  }),
  reader('alert', /^POST \/api\/v1\/alerts\/bulk$/, (heard, { body }) => {
    expect([200, 201]).toContain(heard.status)
    aiohttpCanRead(heard)
    expect(heard.json.success_count).toBeLessThanOrEqual(JSON.parse(body).alerts.length)
    expect(heard.json.success_count).toBeGreaterThan(0)
  }),
  reader('alert', /^GET \/api\/v1\/alerts\/\w+\/status$/, (heard) => {
    expect(heard.status).toBe(200)
    aiohttpCanRead(heard)
    expect(heard.json.status).toEqual(expect.any(String))
  }),
  reader('alert', /^GET \/health$/, isHealthy),

  reader('comms', /^POST \/api\/v1\/email\/send$/, (heard) => {
    expect([200, 201]).toContain(heard.status)
    aiohttpCanRead(heard)
    expect(heard.json).toMatchObject({ success: true, email_id: expect.any(String) })
  }),
  reader('comms', /^GET \/api\/v1\/email\/templates$/, (heard) => {
    expect(heard.status).toBe(200)
    aiohttpCanRead(heard)
    expect(heard.json.templates.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['signal_notification', 'command_response']))
  }),
  reader('comms', /^POST \/api\/v1\/email\/validate$/, (heard) => {
    expect(heard.status).toBe(200)
    aiohttpCanRead(heard)
    expect(heard.json.valid).toBe(true)
  }),
  reader('comms', /^GET \/api\/v1\/email\/status\/\w+$/, (heard) => {
    expect(heard.status).toBe(200)
    aiohttpCanRead(heard)
    expect(heard.json.status).toEqual(expect.any(String))
  }),
  reader('comms', /^GET \/health$/, isHealthy),

  reader('user', /^GET \/api\/v1\/users\/\w+\/permissions$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(json).toMatchObject({ user_id: 'user_123', role: 'premium', permissions: expect.arrayContaining(['execute_custom_functions']), entitlements: {} })
  }),
  reader('user', /^GET \/api\/v1\/users\/\w+\/profile$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(json).toMatchObject({ user_id: 'user_123', preferences: expect.any(Object), watchlist: expect.any(Array) })
  }),

  reader('marketplace', /^POST \/api\/v1\/integration\/verify-execution-token$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(json).toMatchObject({ is_valid: true, subscription_id: expect.anything(), expires_at: expect.any(String) })
  }),
  reader('marketplace', /^GET \/api\/v1\/products\/\w+\/signals$/, ({ status, json }) => {
    expect(status).toBe(200)
    for (const { indicators } of json.signals) expect(indicators).toEqual(expect.arrayContaining([expect.any(String)]))
    expect(json.signals.length).toBeGreaterThan(0)
  }),
  reader('marketplace', /^GET \/api\/v1\/users\/\w+\/subscriptions(\?include_inactive=true)?$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(json.subscriptions).toContainEqual(
      expect.objectContaining({
        product_id: 'prod_momentum_001',
        status: 'active',
        subscription_id: expect.anything(),
        product_name: expect.any(String),
        execution_token: 'exec_token_abc123',
        signals: expect.arrayContaining([expect.objectContaining({ name: expect.any(String), default_params: expect.any(Object) })]),
        tier: expect.any(String),
      }),
    )
  }),
  reader('marketplace', /^GET \/api\/v1\/products\/\w+\/definition$/, ({ status, json }, { headers }) => {
    expect(status).toBe(200)
    expect(json.creator_id).toBe(headers.find(([name]) => name === 'X-User-ID')?.[1])
    expect(json.version_info).toMatchObject({ policy: 'auto', current_version: expect.any(String), effective_version: expect.any(String) })
  }),
  reader('marketplace', /^GET \/api\/v1\/products\/\w+\/access-check$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(json).toMatchObject({ has_access: true, access_level: expect.any(String) })
  }),
  reader('marketplace', /^GET \/api\/v1\/products\/\w+\/versions$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(json.versions).toContainEqual(expect.objectContaining({ version: '1.1.0', status: expect.any(String), created_at: expect.any(String) }))
  }),
  reader('marketplace', /^POST \/api\/v1\/products\/\w+\/versions\/[\d.]+\/publish$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(json).toMatchObject({ version: '1.1.0', created_at: expect.any(String) })
  }),
  reader('marketplace', /^GET \/api\/v1\/entitlements\/user\/\w+$/, ({ status, json }) => {
    expect(status).toBe(200)
    expect(['free', 'standard', 'premium', 'enterprise']).toContain(json.tier)
    expect(json.subscriptions).toContainEqual(expect.objectContaining({ product_id: expect.any(String), status: 'active' }))
  }),
  reader('marketplace', /^POST \/api\/v1\/webhooks\/drm\/watermark$/, ({ status, json }, { body }) => {
    const { payload } = JSON.parse(body)
    expect(status).toBe(200)
    expect(json.watermarked_payload).toMatchObject(payload)
    expect(json.watermarked_payload.signal_id).toBe(payload.signal_id)
    expect(json.watermark_hash).toEqual(expect.any(String))
  }),
]

function reader(service: string, matches: RegExp, content: (heard: Heard, request: Captured) => void) {
  return { service, matches, content }
}

/** The runtime client takes a falsy value for a missing one. */
function hasValue({ status, json }: Heard): void {
  expect(status).toBe(200)
  expect(json.value).toEqual(expect.stringMatching(/./))
}

/** Compared with the literal by the service integrations. */
function isHealthy(heard: Heard): void {
  expect([heard.status, heard.json.status]).toEqual([200, 'healthy'])
}

/** `await response.json()` of aiohttp raises for any other content type. */
function aiohttpCanRead({ contentType }: Heard): void {
  expect(contentType).toMatch(/^application\/([\w.+-]+\+)?json(;|$)/)
}

function send({ service, method, target, headers, body }: Captured): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${suite.url(service)}${target}`, { method, headers: Object.fromEntries(headers), agent: false }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: reply.statusCode ?? 0, contentType: reply.headers['content-type'], text, json: JSON.parse(text) })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
