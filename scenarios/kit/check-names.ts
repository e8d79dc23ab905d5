import type * as z from 'zod'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { listed } from './asked.ts'
import type { Mistake } from './mistake.ts'
import type { When } from './when.ts'

/** Names in a `when` that no contract knows: such a rule would never strike, and nobody would be told. */
export function checkNames(when: When, contracts: readonly Contract[]): Mistake[] {
  const { any, callback, ...conditions } = when
  if (Object.keys(conditions).length === 0 && any === undefined && callback === undefined)
    return [{ path: [], message: 'says nothing. Name a service, or say any: true for every request.' }]
  if (any !== undefined && Object.keys(conditions).length > 0)
    return [{ path: ['any'], message: `any: true is every request; it does not go with ${Object.keys(conditions).join(', ')}` }]
  if (callback !== undefined && when.operation !== undefined)
    return [{ path: ['operation'], message: 'a callback has no operation; its service and path tell which it is' }]
  const services = checkServices(when, contracts)
  if (services.length > 0) return services
  const asked = contracts.filter(({ service }) => when.service === undefined || listed(when.service).includes(service))
  const operations = checkOperations(when, asked)
  return operations.length > 0 ? operations : checkMembers(when, asked)
}

function checkServices({ service = [] }: When, contracts: readonly Contract[]): Mistake[] {
  const known = contracts.map((contract) => contract.service)
  return listed(service)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: ['service'],
      message: `there is no service ${JSON.stringify(name)} here.${didYouMean(name, known) || ` There are ${known.join(', ')}.`}`,
    }))
}

function checkOperations({ service, operation = [] }: When, contracts: readonly Contract[]): Mistake[] {
  const known = contracts.flatMap(({ operations }) => Object.keys(operations))
  const whose = service === undefined ? 'no service has' : `${listed(service).join(' and ')} ${listed(service).length === 1 ? 'does' : 'do'} not have`
  return listed(operation)
    .filter((name) => !known.includes(name))
    .map((name) => ({ path: ['operation'], message: `${whose} an operation ${JSON.stringify(name)}.${didYouMean(name, known)}` }))
}

/** Members of query and body, where an operation is named: what it does not declare it never gets from anybody who keeps its contract. */
function checkMembers({ operation, query = {}, body = {} }: When, contracts: readonly Contract[]): Mistake[] {
  if (operation === undefined) return []
  const named = contracts.flatMap(({ operations }) => listed(operation).flatMap((name) => operations[name] ?? []))
  return [...unknown('query', Object.keys(query), membersOf(named, 'query')), ...unknown('body', Object.keys(body), membersOf(named, 'body'))]
}

function unknown(part: 'query' | 'body', names: readonly string[], known: ReadonlySet<string> | undefined): Mistake[] {
  if (known === undefined) return []
  return names
    .filter((name) => !known.has(name.split('.')[0] as string))
    .map((name) => ({
      path: [part, name],
      message: `the ${part} has no member ${JSON.stringify(name)}.${didYouMean(name, known) || ` It has ${[...known].join(', ') || 'none'}.`}`,
    }))
}

/** The members that any of these operations declares; nothing when one of them takes what it will. */
function membersOf(operations: readonly Operation[], part: 'query' | 'body'): ReadonlySet<string> | undefined {
  const shapes = operations.map((operation) => {
    const schema = operation.details()[part]
    return schema === undefined ? {} : shapeOf(schema)
  })
  return shapes.some((shape) => shape === undefined) ? undefined : new Set(shapes.flatMap((shape) => Object.keys(shape ?? {})))
}

/** The fields of an object, however it is wrapped; nothing for what is no object. */
function shapeOf(schema: z.ZodType): object | undefined {
  if ('shape' in schema) return schema.shape as object
  const { innerType, in: input } = schema._zod.def as { innerType?: z.ZodType; in?: z.ZodType }
  const inner = innerType ?? input
  return inner === undefined ? undefined : shapeOf(inner)
}
