import { marketplace } from '../../contracts/marketplace/index.ts'
import { watermarkHandlers } from '../watermark.ts'
import { defineMock } from '../world/index.ts'
import { entitlementHandlers } from './entitlements.ts'
import { integrationHandlers } from './integration.ts'
import { internalHandlers } from './internal.ts'
import { productHandlers } from './products.ts'
import { scriptHandlers } from './scripts.ts'
import { type Around, tables } from './tables.ts'
import { userHandlers } from './users.ts'
import { versionHandlers } from './versions.ts'
import { zulu } from './zulu.ts'

export const marketplaceMock = defineMock(marketplace)({
  tables,
  operations: {
    health: (call) => ({ status: 200, body: healthy(call) }),
    apiHealth: (call) => ({ status: 200, body: healthy(call) }),
    ...integrationHandlers,
    ...productHandlers,
    ...versionHandlers,
    ...userHandlers,
    ...entitlementHandlers,
    ...scriptHandlers,
    ...internalHandlers,
    ...watermarkHandlers,
  },
})

function healthy({ clock, lane }: Around) {
  return { status: 'healthy', service: 'marketplace', version: '1.0.0', timestamp: zulu(clock.now()), lane }
}
