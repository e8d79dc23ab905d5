import { expect, test } from 'vitest'
import type { Rest } from '../../contracts/kit/message.ts'
import { streamedSteps } from '../../mocks/kit/transports/streamed-steps.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import type { Stage } from '../../scenarios/kit/delivery.ts'

/** What follows a body: these pieces, and then perhaps the death of whoever sends them. */
function restOf(pieces: readonly string[], death?: Error): Rest & { returned: number } {
  const left = pieces.map((piece) => Buffer.from(piece))
  const rest = {
    returned: 0,
    async next() {
      const value = left.shift()
      if (value !== undefined) return { done: false as const, value }
      if (death !== undefined) throw death
      return { done: true as const, value: undefined }
    },
    async return() {
      rest.returned += 1
      return { done: true as const, value: undefined }
    },
    [Symbol.asyncIterator]: () => rest,
  }
  return rest
}

const begun = { status: 200, headers: [], body: 'abc' }

async function tell(rest: Rest, stages: readonly Stage[], clock = new Clock('2026-01-17T09:15:30Z'), sofar: string[] = []): Promise<string[]> {
  for await (const step of streamedSteps(begun, rest, stages, clock)) {
    sofar.push(step.do === 'write' || step.do === 'blurt' ? `${step.do} ${Buffer.from(step.bytes)}` : step.do === 'end' ? `end ${step.by}` : step.do)
  }
  return sofar
}

test('a reply that streams is its beginning, what follows, and its end', async () => {
  expect(await tell(restOf(['def', 'gh']), [])).toEqual(['write abc', 'write def', 'write gh', 'end complete'])
})

test('one whose source dies has no end of its own', async () => {
  expect(await tell(restOf(['def'], new Error('other side closed')), [])).toEqual(['write abc', 'write def', 'end close'])
})

test('a stage counts over all pieces, and what is past a cut is not asked for', async () => {
  const rest = restOf(['def', 'ghi', 'jkl'])
  expect(await tell(rest, [{ stage: 'cut', after: 5, by: 'reset' }])).toEqual(['write abc', 'write de', 'end reset'])
  expect(rest.returned).toBe(1)
})

test('a body that breaks breaks in its first piece', async () => {
  expect(await tell(restOf(['def']), [{ stage: 'garble', bytes: 'ZZZ' }])).toEqual(['write ab', 'blurt ZZZ', 'end close'])
})

test('pauses are on the clock, and a reset that drops one ends the delivery', async () => {
  const clock = new Clock('2026-01-17T09:15:30Z')
  const sofar: string[] = []
  const told = tell(restOf(['def', 'ghi']), [{ stage: 'slice', size: 3, pause: 1000 }], clock, sofar)
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate)
  }
  await settle()
  expect(sofar).toEqual(['write abc'])
  clock.advance('1s')
  await settle()
  expect(sofar).toEqual(['write abc', 'write def'])
  clock.reset()
  expect(await told).toEqual(['write abc', 'write def'])
})
