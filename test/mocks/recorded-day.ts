import type { Contract } from '../../contracts/kit/contract.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { contracts } from '../../contracts/services.ts'
import { type ServiceName, startSuite } from '../../mocks/index.ts'
import { exampleRequest } from '../services/example-request.ts'

export interface Day {
  /** What the provider calls itself. */
  version?: string
  /** Another one names everything otherwise, as another day would. */
  seed?: number
  at?: string
}

/**
 * A day with a provider that keeps its contract, as a relay would have recorded it: everything that the contract's examples ask, in order.
 * The provider is our own fake with ids of its own.
 */
export async function recordedDay(service: ServiceName, { version, seed = 7, at = '2026-01-17T09:15:30Z' }: Day = {}): Promise<RecordedExchange[]> {
  await using suite = await startSuite({ ports: 'none', clock: at, seed })
  const contract: Contract = contracts[service]
  const day: RecordedExchange[] = []
  const ask = async (name: string, example: Parameters<typeof exampleRequest>[3]) => {
    const operation = contract.operations[name]
    if (operation === undefined) throw new Error(`${service} has no operation ${name}`)
    const request = await exampleRequest(suite, contract, operation, example)
    const body = Buffer.from(await request.clone().arrayBuffer())
    const reply = await suite.fetch(service, request)
    suite.clock.advance('1s')
    day.push({
      at: suite.clock.now(),
      milliseconds: 5,
      service,
      operation: name,
      ...(version === undefined ? {} : { version }),
      request: { method: request.method, url: request.url, headers: [...request.headers].flat(), body },
      reply: { status: reply.status, headers: [...reply.headers].flat(), body: Buffer.from(await reply.arrayBuffer()) },
    })
  }
  for (const [name, { details }] of Object.entries(contract.operations)) {
    for (const example of Object.values(details().examples)) {
      for (const { operation, ...before } of example.after ?? []) await ask(operation, before)
      await ask(name, example)
    }
  }
  return day
}
