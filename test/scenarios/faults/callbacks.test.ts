import { expect, test } from 'vitest'
import { duplicate } from '../../../scenarios/kit/faults/duplicate.ts'
import { lost } from '../../../scenarios/kit/faults/lost.ts'
import { reorder } from '../../../scenarios/kit/faults/reorder.ts'
import { armed, jsonReply } from '../strike.ts'

const sender = () => {
  const statuses: number[] = []
  const send = async () => {
    statuses.push(200 + statuses.length)
    return { kind: 'reply' as const, reply: jsonReply('{}', statuses.at(-1)) }
  }
  return { statuses, send }
}

test('a duplicate goes twice, and its sender goes by the first answer', async () => {
  const { statuses, send } = sender()
  expect(await armed(duplicate).strike(send)).toMatchObject({ reply: { status: 200 } })
  expect(statuses).toEqual([200, 201])
})

test('what is lost never goes', async () => {
  const { statuses, send } = sender()
  expect(await armed(lost).strike(send)).toEqual({ kind: 'lost' })
  expect(statuses).toEqual([])
})

test('what is to be overtaken waits for that first, and for so long at most', async () => {
  const { statuses, send } = sender()
  const waited: number[] = []
  let release = () => {}
  const overtaken = (within: number) => {
    waited.push(within)
    return new Promise<void>((resolve) => (release = resolve))
  }
  const going = armed(reorder).strike(send, { overtaken })
  expect([waited, statuses]).toEqual([[5000], []])
  release()
  expect(await going).toMatchObject({ reply: { status: 200 } })
  void armed(reorder, { within: '1m' }).strike(send, { overtaken })
  expect(waited).toEqual([5000, 60_000])
})

test('they are for callbacks, and say what they do', () => {
  expect([duplicate, lost, reorder].map(({ strikes }) => strikes)).toEqual([['out'], ['out'], ['out']])
  expect([armed(duplicate), armed(lost), armed(reorder)].map(({ told }) => told)).toEqual([
    'send it twice',
    'lose it',
    'let the next one overtake it, within 5 s',
  ])
})
