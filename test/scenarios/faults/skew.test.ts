import { expect, test } from 'vitest'
import { skew } from '../../../scenarios/kit/faults/skew.ts'
import { armed, jsonReply, replyTo } from '../strike.ts'

const bodyAfter = async (by: string, json: string) => (await replyTo(skew, { by }, jsonReply(json))).body

test.each([
  ['-5m', '2026-01-17T09:15:30.123456', '2026-01-17T09:10:30.123456'],
  ['-5m', '2026-01-17T09:15:30', '2026-01-17T09:10:30'],
  ['90s', '2026-01-17T09:15:30Z', '2026-01-17T09:17:00Z'],
  ['90s', '2026-01-17T09:15:30.5+05:30', '2026-01-17T09:17:00.5+05:30'],
  ['+1d', '2028-02-28 23:59:59.999999+00:00', '2028-02-29 23:59:59.999999+00:00'],
  ['-250ms', '2026-01-17T09:15:30.100000', '2026-01-17T09:15:29.850000'],
  ['250ms', '2026-12-31T23:59:59.900', '2027-01-01T00:00:00.150'],
  ['-1h', '2026-01-17T00:15Z', '2026-01-16T23:15Z'],
])('%s makes %s %s: the format is kept', async (by, before, after) => {
  expect(await bodyAfter(by, JSON.stringify({ created_at: before }))).toBe(JSON.stringify({ created_at: after }))
})

test.each(['2026-01-17', '2026-02-30T09:15:30Z', 'seen 2026-01-17T09:15:30Z', '9999-12-31T23:59:59Z', '2026-01-17T09:75:30Z', 'NSE@NIFTY@INDEX'])(
  '%s is no instant that could be shifted',
  async (text) => {
    expect(await bodyAfter('5m', JSON.stringify([text]))).toBe(JSON.stringify([text]))
  },
)

test('however deep it stands, and nothing else loses a byte: no name, no digit, no space', async () => {
  const json = (at: string) =>
    `{"2026-01-17T09:15:30Z" : 9223372036854775807, "price": 1.50, "said": "\\"${'2026-01-17T09:15:30Z'}\\"", "list": [{"at": "${at}"}]}`
  expect(await bodyAfter('-30s', json('2026-01-17T09:15:30Z'))).toBe(json('2026-01-17T09:15:00Z'))
})

test('the date header is shifted with it', async () => {
  expect((await replyTo(skew, { by: '-5m' }, jsonReply('{}'))).headers.slice(0, 2)).toEqual(['date', 'Sat, 17 Jan 2026 09:10:30 GMT'])
})

test('it is told in words, and needs a unit', () => {
  expect(armed(skew, { by: '-5m' })).toMatchObject({ told: 'shift timestamps by -5 m', lie: 'its clock is 5 m slow on purpose' })
  expect(armed(skew, { by: '90s' })).toMatchObject({ told: 'shift timestamps by 90 s', lie: 'its clock is 90 s fast on purpose' })
  expect(() => armed(skew, { by: '-5' })).toThrow('is no shift: write it like -5m or 90s')
})
