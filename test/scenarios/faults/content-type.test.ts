import { expect, test } from 'vitest'
import { contentType } from '../../../scenarios/kit/faults/content-type.ts'
import { armed, jsonReply, replyTo } from '../strike.ts'

test('the body is right, and goes by the name of a web page', async () => {
  const reply = jsonReply('{"status":"ok"}')
  expect(await replyTo(contentType, {}, reply)).toEqual({ ...reply, headers: reply.headers.with(-1, 'text/html') })
})

test('it goes by whatever name is given, also where it had none', async () => {
  const bare = { status: 200, headers: ['server', 'uvicorn'], body: 'up' }
  expect((await replyTo(contentType, { to: 'text/plain; charset="utf-8"' }, bare)).headers).toEqual([
    'server',
    'uvicorn',
    'content-type',
    'text/plain; charset="utf-8"',
  ])
})

test.each(['html', 'text/html\r\nx-evil: 1', 'text/', ''])('%j is no content type', (to) => {
  expect(() => armed(contentType, { to })).toThrow('is no content type: write it like text/html')
})
