import { defineMock, table } from 'mock-suite'
import * as z from 'zod'
import { shipmentContract } from '../contracts/shipment.ts'

const Shipment = () =>
  z.strictObject({
    shipment_id: z.string(),
    user_id: z.string(),
    weight_kg: z.number(),
    /** On the suite's clock, in milliseconds. */
    ordered_at: z.int(),
  })

type Shipment = z.output<ReturnType<typeof Shipment>>

const HOUR = 3_600_000

export const shipmentMock = defineMock(shipmentContract)({
  tables: { shipments: table(Shipment, { key: 'shipment_id', references: { user_id: 'users' } }) },

  operations: {
    health: () => ({ status: 200, body: { status: 'healthy' } }),

    order({ tables, world, body: { user_id, weight_kg }, clock, ids }) {
      if (!world.users.has(user_id)) return { status: 404, body: { detail: `User ${user_id} not found` } }
      const ordered = tables.shipments.insert({ shipment_id: ids.next('shipment'), user_id, weight_kg, ordered_at: clock.now() })
      return { status: 201, body: told(ordered, clock.now()) }
    },

    read({ tables, params: { shipment_id }, clock }) {
      const found = tables.shipments.get(shipment_id)
      if (found === undefined) return { status: 404, body: { detail: `Shipment ${shipment_id} not found` } }
      return { status: 200, body: told(found, clock.now()) }
    },
  },
})

function told(shipment: Shipment, now: number) {
  const status = now < shipment.ordered_at + HOUR ? ('ordered' as const) : ('shipped' as const)
  return { ...shipment, status, ordered_at: new Date(shipment.ordered_at).toISOString() }
}
