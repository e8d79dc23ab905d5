import { expect, test } from 'vitest'
import { control } from '../../contracts/control.ts'
import { agreedOn, conformReply } from '../../contracts/kit/conform.ts'
import type { Contract, Example, OperationDetails } from '../../contracts/kit/contract.ts'
import { createRouter } from '../../contracts/kit/match.ts'
import { contracts } from '../../contracts/services.ts'

const all: readonly Contract[] = [...Object.values(contracts as Record<string, Contract>), control]

const operations = all.flatMap((contract) =>
  Object.entries(contract.operations).map(([name, operation]) => ({
    id: `${contract.service}.${name}`,
    contract,
    name,
    operation,
    details: operation.details(),
  })),
)
const examples = operations.flatMap((one) => Object.entries(one.details.examples).map(([title, example]) => ({ ...one, id: `${one.id}: ${title}`, example })))

test.each(operations)('$id has at least one example, and each is of a declared status', ({ contract, operation, details }) => {
  const statuses = Object.values(details.examples).map(({ reply }) => reply.status)
  expect(statuses.length).toBeGreaterThan(0)
  for (const status of statuses) expect(agreedOn(contract, operation, status), `status ${status}`).toBeDefined()
})

test.each(examples)('$id keeps the contract in its request', ({ details, example }) => {
  for (const [part, schema] of Object.entries(parts(details, example))) expect(schema, part).toEqual({ success: true })
})

test.each(examples)('$id keeps the contract in its reply', ({ contract, operation, example: { reply } }) => {
  const contentType = agreedOn(contract, operation, reply.status)?.contentType
  const violations = conformReply(contract, operation, { ...reply, contentType, headers: [] })
  expect(violations.filter(({ part }) => part !== 'header')).toEqual([])
})

test.each(all)('no two operations of $service answer at one address', (contract) => {
  const router = createRouter(contract)
  for (const [name, operation] of Object.entries(contract.operations)) {
    const example = Object.values(operation.details().examples)[0]
    const path = operation.path.replace(/:(\w+)|\*/g, (all, param) => encodeURIComponent(example?.params?.[param ?? '*'] ?? `some-${param ?? 'rest'}`) || all)
    expect(router.match(operation.method, path), `${operation.method} ${path}`).toMatchObject({ name })
  }
})

/** The parts of an example's request that its schemas judge; a refused request may break them. */
function parts(details: OperationDetails, { params, query, headers, body, reply }: Example): Record<string, { success: boolean }> {
  if (reply.status === 422 || reply.status === 400) return {}
  const judge = (schema: OperationDetails['body'], value: unknown) => {
    if (schema === undefined) return { success: true }
    const outcome = schema.safeParse(value)
    return outcome.success ? { success: true } : { success: false, issues: outcome.error.issues }
  }
  return {
    params: judge(details.params, params ?? {}),
    query: judge(details.query, query ?? {}),
    headers: judge(details.headers, headers ?? {}),
    body: judge(details.body, body),
  }
}
