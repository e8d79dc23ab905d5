import { control } from '../contracts/control.ts'
import { joined } from '../contracts/kit/joined.ts'
import type { Mock } from './kit/mock.ts'
import type { Neighbourhood } from './kit/neighbourhood.ts'
import { suiteOf } from './kit/suite.ts'
import { neighbourhood, type ServiceName } from './neighbourhood.ts'

export interface WithServicesOptions {
  /** Folders of scenarios that play by name; where a name is also in the library, theirs is meant. @default none */
  scenarios?: readonly string[]
}

/**
 * A `startSuite` of our services and yours, side by side with the same rights. One of yours that is called like one of ours takes its place.
 *
 * @throws MockSuiteError `bad-config` when two of them want the same port, host or variable, or one is not called as its contract says.
 * @example
 * import { defineMock, withServices } from 'mock-suite'
 * import { defineContract, fastapi, get } from 'mock-suite/contracts'
 * import * as z from 'zod'
 *
 * const ledger = defineContract({
 *   service: 'ledger',
 *   title: 'Ledger service',
 *   port: 8777,
 *   host: 'ledger-service',
 *   env: { LEDGER_SERVICE_URL: ({ url }) => url },
 *   errors: fastapi({ version: '0.115.0' }),
 *   operations: {
 *     getOwner: get('/owners/:user_id', () => ({
 *       summary: 'Whose ledger it is.',
 *       responses: { 200: z.strictObject({ email: z.string() }), 404: z.strictObject({ detail: z.string() }) },
 *       evidence: 'client',
 *       source: 'our wiki',
 *       examples: {},
 *     })),
 *   },
 * })
 *
 * const ledgerMock = defineMock(ledger)({
 *   operations: {
 *     getOwner({ world, params }) {
 *       const user = world.users.get(params.user_id)
 *       return user === undefined ? { status: 404, body: { detail: 'nobody' } } : { status: 200, body: { email: user.email } }
 *     },
 *   },
 * })
 *
 * const startSuite = withServices({ ledger: ledgerMock })
 *
 * await using suite = await startSuite({ services: ['ledger', 'config'], ports: 'none' })
 * const reply = await suite.fetch('ledger', '/owners/user_123')
 * reply.status // 200
 */
export function withServices<const Theirs extends Readonly<Record<string, Mock>>>(services: Theirs, { scenarios = [] }: WithServicesOptions = {}) {
  type Name = ServiceName | (keyof Theirs & string)
  const mocks = joined<Mock>(neighbourhood.mocks, services, { contractOf: ({ contract }) => contract, besides: [control] })
  return suiteOf<Name>({ ...neighbourhood, mocks, scenarios } as Neighbourhood<Name>)
}
