import { expect, test, vi } from 'vitest'
import { close } from '../../../scenarios/kit/faults/close.ts'
import { armed, jsonReply } from '../strike.ts'

test.each([
  [{}, 'close the connection', 0],
  [{ at: 'before' }, 'close the connection', 0],
  [{ at: 'after' }, 'do the work, then close the connection', 1],
])('%j: %s', async (written, told, done) => {
  const work = vi.fn(async () => ({ kind: 'reply' as const, reply: jsonReply('{}') }))
  const fault = armed(close, written)
  expect(await fault.strike(work)).toEqual({ kind: 'close' })
  expect(work).toHaveBeenCalledTimes(done)
  expect([fault.told, fault.lie]).toEqual([told, undefined])
})
