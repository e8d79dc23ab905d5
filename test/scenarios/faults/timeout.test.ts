import { expect, test, vi } from 'vitest'
import { timeout } from '../../../scenarios/kit/faults/timeout.ts'
import { armed, jsonReply } from '../strike.ts'

test('nothing ever comes, and nothing is done', async () => {
  const work = vi.fn(async () => ({ kind: 'reply' as const, reply: jsonReply('{}') }))
  const fault = armed(timeout)
  expect(await fault.strike(work)).toEqual({ kind: 'hang' })
  expect(work).not.toHaveBeenCalled()
  expect(fault.told).toBe('never answer')
})
