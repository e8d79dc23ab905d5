import { expect, test } from 'vitest'
import { garbage } from '../../../scenarios/kit/faults/garbage.ts'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import { random } from '../../../scenarios/kit/random.ts'
import { armed } from '../strike.ts'

const unasked = (): Promise<Outcome> => Promise.reject(new Error('the fake was asked'))

async function bytesOf(written: object): Promise<Buffer> {
  const outcome = await armed(garbage, written).strike(unasked)
  return outcome.kind === 'garbage' ? outcome.bytes : expect.unreachable(outcome.kind)
}

test('so many bytes come as were asked for, 36 when nobody said, and the fake is not asked', async () => {
  expect(await bytesOf({})).toHaveLength(36)
  expect(await bytesOf({ bytes: 1 })).toHaveLength(1)
  expect(armed(garbage, {}).told).toBe('answer 36 bytes that are not HTTP')
  expect(armed(garbage, { bytes: 1 }).told).toBe('answer 1 byte that is not HTTP')
})

test('the same seed gives the same bytes', async () => {
  expect(await bytesOf({ bytes: 100 })).toEqual(await bytesOf({ bytes: 100 }))
})

test('no parser can take the first of them for the beginning of an answer, whatever the seed', async () => {
  for (let seed = 0; seed < 500; seed += 1) {
    const strike = { random: random(seed) } as Parameters<typeof garbage.inject>[1]
    const outcome = await garbage.inject({ bytes: 1 }, strike)?.(strike.exchange, unasked)
    expect(outcome?.kind === 'garbage' && outcome.bytes[0]).toBeGreaterThan(127)
  }
})

test('it breaks the contract, and says so', () => {
  expect(armed(garbage).lie).toBe('what comes is not HTTP')
})

test.each([0, -1, 1.5, 1_048_577])('%s bytes are refused', (bytes) => {
  expect(() => armed(garbage, { bytes })).toThrow('bytes is a')
})
