import * as z from 'zod'
import { defineContract, get, post, put } from '../../contracts/kit/contract.ts'
import { fastapi, py } from '../../contracts/kit/fastapi.ts'
import { suiteOf } from '../../mocks/kit/suite.ts'
import { defineMock, world } from '../../mocks/world/index.ts'

const examples = {}
const common = { evidence: 'test', source: 'this file', examples } as const

/** A service that says back what it was told: what a transport does to a request or a reply shows in it. */
const echo = defineContract({
  service: 'echo',
  title: 'Echo',
  port: 8199,
  host: 'echo-service',
  env: { ECHO_URL: ({ url }) => url },
  errors: fastapi({ version: '0.115.0' }),
  operations: {
    say: get('/say/:word', () => ({
      summary: 'The word, the query and one header.',
      query: py.object({ times: py.optional(py.int({ ge: 1 })) }),
      responses: { 200: z.strictObject({ word: z.string(), times: z.number().nullable(), header: z.string().nullable() }) },
      ...common,
    })),
    keep: post('/keep', () => ({
      summary: 'The text that was sent.',
      body: py.object({ text: py.str() }),
      responses: { 201: z.strictObject({ text: z.string(), bytes: z.int() }) },
      ...common,
    })),
    raw: put('/raw', () => ({
      summary: 'The bytes that were sent.',
      body: z.instanceof(Buffer),
      consumes: 'bytes',
      responses: { 200: { body: z.instanceof(Buffer), contentType: 'application/octet-stream' } },
      ...common,
    })),
    nothing: post('/nothing', () => ({ summary: 'No content.', responses: { 204: z.undefined() }, ...common })),
    headers: get('/headers', () => ({
      summary: 'Headers of its own.',
      responses: { 200: { body: z.strictObject({}), headers: { 'X-Trace': z.string() } } },
      ...common,
    })),
    garble: get('/garble', () => ({ summary: 'A header that HTTP cannot carry.', responses: { 200: z.strictObject({}) }, ...common })),
    fail: get('/fail', () => ({ summary: 'A handler of ours that throws.', responses: { 200: z.strictObject({}) }, ...common })),
  },
})

const echoMock = defineMock(echo)({
  operations: {
    say: ({ params, query, header }) => ({ status: 200, body: { word: params.word, times: query.times, header: header('x-say') ?? null } }),
    keep: ({ body, request }) => ({ status: 201, body: { text: body.text, bytes: request.body.length } }),
    raw: ({ body }) => ({ status: 200, body }),
    nothing: () => ({ status: 204, body: undefined }),
    headers: () => ({ status: 200, body: {}, headers: { 'X-Trace': 'abc' } }),
    garble: () => ({ status: 200, body: {}, headers: { 'x-price': '5 €\n' } }),
    fail: () => {
      throw new Error('a bug of ours')
    },
  },
})

export const startEcho = suiteOf({ mocks: { echo: echoMock }, world })
