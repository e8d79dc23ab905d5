import { type Contract, type Operation, once } from '../contract.ts'
import { parseInput, readBody } from '../input.ts'
import { createRouter, type Match, type Router } from '../match.ts'
import type { WireRequest } from '../message.ts'
import type { Fault, Place, Problem } from '../problem.ts'
import { type Asked, pathOf } from './asked.ts'

/** What an operation makes of a request, by the same steps as its fake. */
export interface Reading {
  /** Nothing where the path or the method is another. */
  match: Match | undefined
  /** Why the body could not be read at all. */
  unread: Problem | undefined
  /** The media type was no reason to refuse by itself: the body was shown to the schema as text. */
  mistaken: boolean
  /** The body as the schema was shown it. */
  body: unknown
  faults: Readonly<Partial<Record<Place, Fault>>>
}

export function readRequest(contract: Contract, operation: Operation, asked: Asked): Reading {
  const details = operation.details()
  const request: WireRequest = { ...asked, rawHeaders: asked.headers, tooLarge: asked.problem === 'too-large', gone: false }
  const found = routerTo(operation).match(operation.method, pathOf(asked))
  const match = 'kind' in found ? undefined : found
  const read = readBody(details, request)
  const body = 'problem' in read ? (contract.errors.salvage?.(read.problem) ?? read) : read
  const value = 'problem' in body ? undefined : body.value
  const input = parseInput(details, request, match ?? { name: '', operation, params: {} }, value)
  const faults = Object.fromEntries('kind' in input && input.kind === 'invalid' ? input.faults.map((fault) => [fault.place, fault]) : []) as Reading['faults']
  return {
    match,
    unread: 'problem' in body ? body.problem : undefined,
    mistaken: 'problem' in read && read.problem.kind === 'unsupported-media-type' && !('problem' in body),
    body: value,
    faults: match === undefined ? { ...faults, path: undefined } : faults,
  } as Reading
}

const routers = new WeakMap<Operation, () => Router>()

/** To this operation alone: whether its path is meant does not hang on what else there is. */
function routerTo(operation: Operation): Router {
  let router = routers.get(operation)
  if (router === undefined) routers.set(operation, (router = once(() => createRouter({ operations: { only: operation } }))))
  return router()
}
