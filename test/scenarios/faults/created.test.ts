import { expect, test } from 'vitest'
import { created } from '../../../scenarios/kit/faults/created.ts'
import { armed, jsonReply, replyTo } from '../strike.ts'

test('a success says 201, and all else stays', async () => {
  expect(await replyTo(created, {}, jsonReply('{"status":"ok"}'))).toEqual(jsonReply('{"status":"ok"}', 201))
})

test('what had no body has an empty one, and its length is told', async () => {
  const gone = { status: 204, headers: ['server', 'uvicorn'], body: '' }
  expect(await replyTo(created, {}, gone)).toEqual({ status: 201, headers: ['server', 'uvicorn', 'content-length', '0'], body: '' })
})

test('what is no success stays as it is', async () => {
  expect(await replyTo(created, {}, jsonReply('{"detail":"Not found"}', 404))).toEqual(jsonReply('{"detail":"Not found"}', 404))
})

test('it says that it lies', () => {
  expect(armed(created)).toMatchObject({ told: 'answer 201 instead of any other success', lie: 'a success says 201 on purpose' })
})
