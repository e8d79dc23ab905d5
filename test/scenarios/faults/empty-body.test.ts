import { expect, test } from 'vitest'
import { emptyBody } from '../../../scenarios/kit/faults/empty-body.ts'
import { armed, jsonReply, replyTo } from '../strike.ts'

test('a success comes without its body, and its length says so', async () => {
  const reply = await replyTo(emptyBody, {}, jsonReply('{"status":"ok"}', 201))
  expect(reply).toEqual({ ...jsonReply('', 201), body: '' })
  expect(reply.headers).toContain('0')
})

test('what is no success, or has no body to lose, stays as it is', async () => {
  expect(await replyTo(emptyBody, {}, jsonReply('{"detail":"Not found"}', 404))).toEqual(jsonReply('{"detail":"Not found"}', 404))
  const gone = { status: 204, headers: ['server', 'uvicorn'], body: '' }
  expect(await replyTo(emptyBody, {}, gone)).toEqual(gone)
  expect(await armed(emptyBody).strike(async () => ({ kind: 'reset' }))).toEqual({ kind: 'reset' })
})

test('it says that it lies', () => {
  expect(armed(emptyBody)).toMatchObject({ told: 'leave out the body', lie: 'the body is left out on purpose' })
})
