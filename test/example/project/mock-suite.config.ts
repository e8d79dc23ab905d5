import { defineConfig } from 'mock-suite'
import { shipmentMock } from './mocks/shipment.ts'

export default defineConfig({
  services: { shipment: shipmentMock },
  scenarios: './scenarios',
  recordings: './recordings',
  world: './world.yaml',
})
