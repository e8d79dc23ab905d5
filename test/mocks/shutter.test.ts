import { expect, test } from 'vitest'
import { createShutter } from '../../mocks/kit/transports/shutter.ts'

/** A port that turns when the test lets it, and remembers how. */
function port() {
  const turns: string[] = []
  let settle = (_error?: Error) => {}
  const shutter = createShutter((shut) => {
    turns.push(shut ? 'shuts' : 'opens')
    return new Promise((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error))
    })
  })
  return { turns, ...shutter, settle: (error?: Error) => settle(error) }
}

test('what shuts does so at once, and what opens waits until it has shut', async () => {
  const { turns, shut, settle } = port()
  shut(true)
  expect(turns).toEqual(['shuts'])
  const opened = shut(false)
  expect(turns).toEqual(['shuts'])
  settle()
  await Promise.resolve()
  expect(turns).toEqual(['shuts', 'opens'])
  settle()
  await opened
})

test('only what is wanted last counts', async () => {
  const { turns, shut, settle } = port()
  shut(true)
  shut(false)
  const last = shut(true)
  settle()
  await last
  expect(turns).toEqual(['shuts'])
})

test('what could not open stays shut, and is tried again at the next wish', async () => {
  const { turns, shut, settle } = port()
  const shutting = shut(true)
  settle()
  await shutting
  const opening = shut(false)
  settle(new Error('taken'))
  await expect(opening).rejects.toThrow('taken')
  shut(true)
  shut(false)
  expect(turns).toEqual(['shuts', 'opens', 'opens'])
})

test('once closed it never opens again, and what is under way is waited for', async () => {
  const { turns, shut, close, settle } = port()
  shut(true)
  shut(false)
  const closed = close()
  settle()
  await closed
  await shut(false)
  expect(turns).toEqual(['shuts'])
})
