import type { ExampleRequest, OperationDetails } from '../contract.ts'

/** The request of an operation that most probably goes well: one that is answered with success, if possible by a service that knows nothing yet. */
export function exampleOf({ examples }: Pick<OperationDetails, 'examples'>): ExampleRequest {
  const all = Object.values(examples)
  const good = all.filter(({ reply }) => reply.status < 300)
  return good.find(({ after }) => after === undefined) ?? good[0] ?? all[0] ?? {}
}
