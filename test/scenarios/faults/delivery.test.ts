import { expect, test } from 'vitest'
import type { AnyFault } from '../../../scenarios/kit/fault.ts'
import { bandwidth } from '../../../scenarios/kit/faults/bandwidth.ts'
import { limitData } from '../../../scenarios/kit/faults/limit-data.ts'
import { malformed } from '../../../scenarios/kit/faults/malformed.ts'
import { slicer } from '../../../scenarios/kit/faults/slicer.ts'
import { slowClose } from '../../../scenarios/kit/faults/slow-close.ts'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import { armed, jsonReply } from '../strike.ts'

const garble = { stage: 'garble', bytes: 'ZZZ\r\nthis is no chunk\r\n' }
const cases: [name: string, fault: AnyFault, written: object, told: string, stage: object][] = [
  ['slicer', slicer, { size: 10, delay: '1.5s' }, 'send the body in pieces of 10 bytes, 1500 ms apart', { stage: 'slice', size: 10, pause: 1500 }],
  ['slicer', slicer, { size: 1, delay: '2s' }, 'send the body in pieces of 1 byte, 2 s apart', { stage: 'slice', size: 1, pause: 2000 }],
  ['bandwidth', bandwidth, { rate: 4 }, 'send the body at 4 KB/s', { stage: 'throttle', rate: 4096 }],
  ['bandwidth', bandwidth, { rate: 0.5 }, 'send the body at 0.5 KB/s', { stage: 'throttle', rate: 512 }],
  ['slow_close', slowClose, { delay: '2s' }, 'close the connection 2 s after the answer', { stage: 'linger', for: 2000 }],
  ['limit_data', limitData, { bytes: 100 }, 'cut the body after 100 bytes', { stage: 'cut', after: 100, by: 'close' }],
  ['limit_data', limitData, { bytes: 1, by: 'reset' }, 'reset the connection after 1 byte of the body', { stage: 'cut', after: 1, by: 'reset' }],
  ['malformed', malformed, {}, 'break the body midway with a malformed chunk', garble],
]

test.each(cases)('%s: a reply is as it was, and goes through one more stage', async (_, fault, written, told, stage) => {
  const answer: Outcome = { kind: 'reply', reply: jsonReply('{"status":"ok"}') }
  const struck = armed(fault, written)
  expect(await struck.strike(async () => answer)).toEqual({ ...answer, delivery: [stage] })
  const before = { stage: 'linger', for: 1 } as const
  expect(await struck.strike(async () => ({ ...answer, delivery: [before] }))).toEqual({ ...answer, delivery: [before, stage] })
  expect(answer).not.toHaveProperty('delivery')
  expect(struck.told).toBe(told)
})

test.each(cases)('%s: where nothing is answered there is nothing to send', async (_, fault, written) => {
  expect(await armed(fault, written).strike(async () => ({ kind: 'reset' }))).toEqual({ kind: 'reset' })
})

test('a body that is no valid HTTP is a lie; a line that is slow or breaks is none', () => {
  expect(cases.flatMap(([name, fault, written]) => (armed(fault, written).lie === undefined ? [] : [name]))).toEqual(['malformed'])
})

test.each<[string, AnyFault, object, string]>([
  ['slicer', slicer, { size: 0, delay: '1s' }, 'size is at least 1'],
  ['slicer', slicer, { size: 1.5, delay: '1s' }, 'size is a whole number'],
  ['slicer', slicer, { size: 1, delay: 1 }, 'a duration needs a unit'],
  ['bandwidth', bandwidth, { rate: 0 }, 'a rate is more than 0'],
  ['limit_data', limitData, { bytes: -1 }, 'bytes is at least 0'],
  ['slow_close', slowClose, {}, 'a duration needs a unit'],
])('%s: nonsense is refused', (_, fault, written, message) => {
  expect(() => armed(fault, written)).toThrow(message)
})
