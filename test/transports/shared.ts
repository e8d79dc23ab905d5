import http from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Suite } from '../../mocks/kit/suite.ts'

/** A way for requests to reach the echo service. */
export interface Door extends AsyncDisposable {
  suite: Suite<'echo'>
  url: string
}

/** What a transport cannot do, and why. */
export interface Skip {
  reason: string
  tests: readonly string[]
}

/** The one suite that every transport must pass, apart from what it declares that it cannot do. */
export function transportSuite(name: string, open: () => Promise<Door>, skips: readonly Skip[] = []): void {
  const cannot = new Map(skips.flatMap(({ reason, tests }) => tests.map((title) => [title, reason])))
  const seen = new Set<string>()
  const check = (title: string, run: (door: Door) => Promise<void>) => {
    seen.add(title)
    const reason = cannot.get(title)
    if (reason !== undefined) return test(`${title} (not over ${name}: ${reason})`, ({ skip }) => skip(reason))
    test(title, async () => {
      await using door = await open()
      await run(door)
    })
  }

  describe(name, () => {
    check('a reply has the vendor’s headers and nothing of ours', async ({ url }) => {
      const reply = await fetch(`${url}/say/hello`)
      expect(reply.status).toBe(200)
      expect(reply.headers.get('server')).toBe('uvicorn')
      expect(reply.headers.get('content-type')).toBe('application/json')
      expect(reply.headers.get('etag')).toBeNull()
      expect(await reply.text()).toBe('{"word":"hello","times":null,"header":null}')
    })

    check('no framework adds a header', async ({ url }) => {
      const reply = await fetch(`${url}/say/hello`)
      expect([...reply.headers.keys()].toSorted()).toEqual(['content-length', 'content-type', 'date', 'server'])
    })

    check('headers go out in uvicorn’s order, in lower case', async ({ url }) => {
      const raw = await rawHeaders(`${url}/headers`)
      expect(raw.filter((_, at) => at % 2 === 0)).toEqual(['date', 'server', 'X-Trace', 'content-length', 'content-type'])
    })

    check('path, query and header arrive as they were meant', async ({ url }) => {
      const say = async (path: string, headers: Record<string, string> = {}) => (await fetch(url + path, { headers })).json()
      expect(await say('/say/NSE@NIFTY@INDEX?times=3', { 'X-Say': 'aloud' })).toEqual({ word: 'NSE@NIFTY@INDEX', times: 3, header: 'aloud' })
      expect(await say('/say/a.b-c_d~e')).toMatchObject({ word: 'a.b-c_d~e' })
      expect(await say('/say/%E0%A4%A8%E0%A4%AE')).toMatchObject({ word: 'नम' })
      expect(await say('/say/100%25')).toMatchObject({ word: '100%' })
    })

    check('a stray percent sign is the caller’s, not our failure', async ({ url }) => {
      const reply = await fetch(`${url}/say/100%`)
      expect([reply.status, await reply.json()]).toEqual([200, { word: '100%', times: null, header: null }])
    })

    check('a JSON body arrives whole, beyond ASCII too', async ({ url }) => {
      const text = 'नमस्ते 👋 \u0000 "quoted"'.repeat(500)
      const reply = await send(url, '/keep', JSON.stringify({ text }))
      expect(reply.status).toBe(201)
      expect(await reply.json()).toEqual({ text, bytes: Buffer.byteLength(JSON.stringify({ text })) })
    })

    check('bytes come back as they went', async ({ url }) => {
      const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
      const reply = await fetch(`${url}/raw`, { method: 'PUT', body: bytes })
      expect(new Uint8Array(await reply.arrayBuffer())).toEqual(bytes)
    })

    check('a 204 has no body', async ({ url }) => {
      const reply = await fetch(`${url}/nothing`, { method: 'POST' })
      expect([reply.status, await reply.text(), reply.headers.get('content-length')]).toEqual([204, '', null])
    })

    check('refusals are the vendor’s: 404, 405 with Allow, 422, 413', async ({ url }) => {
      const told = async (reply: Response) => [reply.status, await reply.json()]
      expect(await told(await fetch(`${url}/nowhere`))).toEqual([404, { detail: 'Not Found' }])
      const wrong = await fetch(`${url}/keep`, { method: 'DELETE' })
      expect(wrong.headers.get('allow')).toBe('POST')
      expect(await told(wrong)).toEqual([405, { detail: 'Method Not Allowed' }])
      expect(await told(await send(url, '/keep', '{}'))).toEqual([
        422,
        { detail: [{ type: 'missing', loc: ['body', 'text'], msg: 'Field required', input: {} }] },
      ])
      expect((await send(url, '/keep', JSON.stringify({ text: 'x'.repeat(1_100_000) }))).status).toBe(413)
    })

    check('a GET may name a content type and send no body', async ({ url }) => {
      expect((await fetch(`${url}/say/hello`, { headers: { 'content-type': 'application/json' } })).status).toBe(200)
    })

    check('a GET may even send a body', async ({ url }) => {
      expect(await status(http.request(`${url}/say/hello`, { method: 'GET', headers: { 'content-length': 2 } }), '{}')).toBe(200)
    })

    check('a header that HTTP cannot carry is our failure, and not the end of the process', async ({ url }) => {
      const reply = await fetch(`${url}/garble`)
      expect([reply.status, reply.headers.get('x-mock-suite-error')]).toEqual([500, 'handler'])
    })

    check('a bug of ours is marked, so that nobody takes it for the vendor’s', async ({ url, suite }) => {
      const reply = await fetch(`${url}/fail`)
      expect([reply.status, reply.headers.get('x-mock-suite-error')]).toEqual([500, 'handler'])
      expect(suite.journal.entries()[0]?.failure).toMatch(/^Error: a bug of ours\n/)
    })

    check('simultaneous requests get their own answers', async ({ url, suite }) => {
      const words = Array.from({ length: 64 }, (_, n) => `word-${n}`)
      const told = await Promise.all(words.map(async (word) => ((await (await fetch(`${url}/say/${word}`)).json()) as { word: string }).word))
      expect(told).toEqual(words)
      expect(suite.journal.total).toBe(64)
    })

    check('the journal keeps what was asked and what was answered', async ({ url, suite }) => {
      await send(url, '/keep', '{"text":"hello","extra":1}')
      expect(suite.journal.entries()).toMatchObject([
        {
          seq: 1,
          service: 'echo',
          operation: 'keep',
          request: { method: 'POST', target: '/keep', body: '{"text":"hello","extra":1}' },
          status: 201,
          reply: { body: '{"text":"hello","bytes":26}' },
          unknown: ['/extra'],
        },
      ])
    })
  })

  test(`${name} skips only what is in the suite`, () => {
    expect([...cannot.keys()].filter((title) => !seen.has(title))).toEqual([])
  })
}

function send(url: string, path: string, body: string): Promise<Response> {
  return fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

function status(request: http.ClientRequest, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request.on('error', reject).on('response', (reply) => {
      reply.resume()
      resolve(reply.statusCode)
    })
    request.end(body)
  })
}

function rawHeaders(url: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false }, (reply) => {
      reply.resume()
      resolve(reply.rawHeaders)
    })
    request.on('error', reject)
  })
}
