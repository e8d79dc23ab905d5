import { test } from 'mock-suite/vitest'
import { expect } from 'vitest'
import { send, statusOf } from '../src/desk.ts'

test('a parcel is ordered, and its user hears of it', async ({ lane }) => {
  const id = await send('user_parcel', 2.5)
  expect(await statusOf(id)).toBe('ordered')
  const [alert] = await lane.journal({ service: 'alert', operation: 'createAlert' })
  expect(alert?.request.body).toContain(id)
})

test('an hour later it is on its way', async ({ lane }) => {
  const id = await send('user_parcel', 2.5)
  await lane.clock.advance('1h')
  expect(await statusOf(id)).toBe('shipped')
})

test('while shipment is down nobody is told anything', async ({ lane }) => {
  await lane.play('shipment-down')
  await expect(send('user_parcel', 2.5)).rejects.toThrow('SHIPMENT_SERVICE_URL answers 503')
  expect(await lane.journal({ service: 'alert' })).toEqual([])
})
