import { withServices } from 'mock-suite'
import { expect, test } from 'vitest'
import { shipmentMock } from '../mocks/shipment.ts'

const startSuite = withServices({ shipment: shipmentMock }, { scenarios: ['./scenarios'] })

test('in the process of the test, without ports, beside one of ours', async () => {
  await using suite = await startSuite({ services: ['shipment', 'config'], ports: 'none' })
  expect((await suite.fetch('shipment', '/health')).status).toBe(200)
  expect((await suite.fetch('config', '/health')).status).toBe(200)
  await suite.play('shipment-down')
  expect((await suite.fetch('shipment', '/health')).status).toBe(503)
})
