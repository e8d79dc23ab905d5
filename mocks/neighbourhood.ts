import { environment } from './environment.ts'
import type { Neighbourhood } from './kit/neighbourhood.ts'
import { services } from './services.ts'
import { eml } from './world/eml.ts'
import { world } from './world/index.ts'

/** The services that this package fakes. */
export type ServiceName = keyof typeof services

/** All that this package fakes. */
export const neighbourhood: Neighbourhood<ServiceName> = { mocks: services, world, environment, inbox: { table: 'messages', eml } }
