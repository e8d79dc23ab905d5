import { expect, test } from 'vitest'
import { invalidJson } from '../../../scenarios/kit/faults/invalid-json.ts'
import { jsonReply, replyTo } from '../strike.ts'

test.each(['{"status":"ok"}', '[]', '[1,2]', '"text"', '""', '12345', '7', '-7', 'true', 'null', ' {"a":{}} ', '{"name":"Zoë 🙂🙂🙂🙂"}'])(
  '%s no longer parses, and is whole as HTTP',
  async (json) => {
    const { body, headers } = await replyTo(invalidJson, {}, jsonReply(json))
    expect(body.length).toBeGreaterThan(0)
    expect(() => JSON.parse(String(body))).toThrow(SyntaxError)
    expect(headers).toEqual(jsonReply(String(body)).headers)
  },
)

test('refusals break too; what is no JSON stays as it is', async () => {
  expect((await replyTo(invalidJson, {}, jsonReply('{"detail":"Not found"}', 404))).body).toBe('{"detail":"')
  const page = { status: 200, headers: ['content-length', '5', 'content-type', 'text/plain; charset=utf-8'], body: 'up 1\n' }
  expect(await replyTo(invalidJson, {}, page)).toEqual(page)
})
