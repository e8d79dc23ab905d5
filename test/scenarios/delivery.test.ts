import { expect, test } from 'vitest'
import { delivery, type Stage, type Step, stepsOf } from '../../scenarios/kit/delivery.ts'

/** Steps in few words: `+abc` is written, `!ZZZ` is blurted out, `1000` is a wait. */
const told = (steps: readonly Step[]): string[] => steps.map(tell)

function tell(step: Step): string {
  if (step.do === 'wait') return String(step.for)
  if (step.do === 'end') return step.by
  return step.do === 'finish' ? 'finish' : `${step.do === 'write' ? '+' : '!'}${Buffer.from(step.bytes).toString()}`
}

const slice: Stage = { stage: 'slice', size: 2, pause: 1000 }
const throttle: Stage = { stage: 'throttle', rate: 20 }
const cut: Stage = { stage: 'cut', after: 3, by: 'close' }
const garble: Stage = { stage: 'garble', bytes: 'ZZZ' }
const linger: Stage = { stage: 'linger', for: 5000 }

test.each<[string, string, Stage[], string[]]>([
  ['without stages it leaves in one piece', 'abcde', [], ['+abcde', 'complete']],
  ['without a body there is only the end', '', [], ['complete']],
  ['slices have a pause between them, none before the first or after the last', 'abcde', [slice], ['+ab', '1000', '+cd', '1000', '+e', 'complete']],
  ['a thin line is waited for ten times a second', 'abcde', [throttle], ['100', '+ab', '100', '+cd', '50', '+e', 'complete']],
  ['less than a byte in a tenth of a second takes longer for each', 'ab', [{ stage: 'throttle', rate: 2 }], ['500', '+a', '500', '+b', 'complete']],
  ['a cut ends the connection', 'abcde', [cut], ['+abc', 'close']],
  ['by a reset, if it is to be one', 'abcde', [{ ...cut, by: 'reset' }], ['+abc', 'reset']],
  ['a cut at the last byte still ends it', 'abc', [cut], ['+abc', 'close']],
  ['a cut past the end leaves all as it is', 'ab', [cut], ['+ab', 'complete']],
  ['a cut before the first byte writes nothing', 'ab', [{ ...cut, after: 0 }], ['close']],
  ['half of a garbled body comes, then what is no chunk', 'abcde', [garble], ['+abc', '!ZZZ', 'close']],
  ['a garbled body that is empty is no chunk from the start', '', [garble], ['!ZZZ', 'close']],
  ['a connection lingers after an answer that is whole', 'ab', [linger], ['+ab', 'finish', '5000', 'close']],
  ['and after one that is not', 'abcde', [cut, linger], ['+abc', '5000', 'close']],
  ['but not over a reset', 'abcde', [{ ...cut, by: 'reset' }, linger], ['+abc', 'reset']],
  ['of two cuts the earlier counts', 'abcde', [cut, { ...cut, after: 1 }], ['+a', 'close']],
  ['what is cut is sliced', 'abcde', [cut, slice], ['+ab', '1000', '+c', 'close']],
])('%s', (_, body, stages, steps) => {
  expect(told(stepsOf(body, stages))).toEqual(steps)
})

test('stages are met in their own order, however they were written', () => {
  const all = [garble, cut, slice, throttle, linger]
  const steps = told(stepsOf('abcdefgh', all))
  expect(steps).toEqual(['100', '+ab', '1000', '50', '+c', '5000', 'close'])
  for (let turned = 1; turned < all.length; turned += 1) {
    expect(told(stepsOf('abcdefgh', [...all.slice(turned), ...all.slice(0, turned)]))).toEqual(steps)
  }
  expect(told(stepsOf('abcdefgh', all.toReversed()))).toEqual(steps)
})

test('however it is sliced and slowed, every byte arrives, in order', () => {
  const body = Buffer.from(Array.from({ length: 257 }, (_, at) => at % 256))
  for (const size of [1, 7, 256, 257, 1000]) {
    for (const rate of [0.5, 10, 99, 1e6]) {
      const steps = stepsOf(body, [
        { stage: 'slice', size, pause: 1 },
        { stage: 'throttle', rate },
      ])
      expect(Buffer.concat(steps.flatMap((step) => (step.do === 'write' ? [step.bytes] : [])))).toEqual(body)
      expect(steps.at(-1)).toEqual({ do: 'end', by: 'complete' })
    }
  }
})

test('a slow line takes as long as its rate says, in whatever pieces', () => {
  const steps = stepsOf('x'.repeat(1000), [{ stage: 'throttle', rate: 300 }])
  expect(steps.reduce((sum, step) => sum + (step.do === 'wait' ? step.for : 0), 0)).toBeCloseTo((1000 / 300) * 1000)
})

test('a body that comes in pieces goes through the same stages, and nothing follows its end', () => {
  const walk = delivery([cut, slice])
  const piece = (text: string) => told(walk({ do: 'write', bytes: Buffer.from(text) }))
  expect(piece('a')).toEqual(['+a'])
  expect(piece('bcd')).toEqual(['1000', '+bc', 'close'])
  expect(piece('e')).toEqual([])
  expect(told(walk({ do: 'end', by: 'complete' }))).toEqual([])
})
