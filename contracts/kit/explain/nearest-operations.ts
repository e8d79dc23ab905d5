import type { Contract, Operation } from '../contract.ts'
import type { Candidate, Criterion, Difference } from '../explanation.ts'
import { createRouter, type Router } from '../match.ts'
import { type Asked, type Knowledge, pathOf } from './asked.ts'
import { type Judged, judge } from './criteria.ts'
import { type PathDistance, pathDistance } from './path-distance.ts'

/** One operation that a request may have been meant for. */
export interface Found {
  contract: Contract
  operation: Operation
  /** The values that its parameters have, as far as the path tells them. */
  params: Readonly<Record<string, string>>
  judged: Judged
  candidate: Candidate
}

/** How many are told. */
const MOST = 3
/** So many are looked at closely. */
const CLOSELY = 6
/** So many paths are compared before somebody else has the thread. */
const AT_ONCE = 20
/** Paths that are further away have nothing in common but their beginning. */
const FAR = 0.45
/** What is so much further away than the nearest was not meant. */
const BEHIND = 0.1

/** What each part weighs: the path most, since it is what is mistyped and what tells operations apart. */
const WEIGHTS = { path: 0.6, method: 0.12, service: 0.1, credential: 0.03, 'content-type': 0.02, header: 0.02, query: 0.03, body: 0.08 } as const

/**
 * The operation that refused; or those that are nearest to a request which none took. Ties go to the service that was asked, then to the order of the contracts.
 * Yields wherever somebody else may have the thread for a moment.
 */
export function* nearestOperations(contracts: readonly Contract[], asked: Asked, knowledge: Knowledge): Generator<void, Found[]> {
  if (asked.problem === 'unreadable') return []
  const all = contracts.flatMap((contract) => Object.entries(contract.operations).map(([name, operation]) => ({ contract, name, operation })))
  const own = all.find(({ contract, name }) => contract.service === asked.service && name === asked.operation)
  if (own !== undefined) return [lookedAt({ ...own, path: pathDistance(pathOf(asked), own.operation.path) }, asked, knowledge)]
  const far: Near[] = []
  for (const one of all) {
    far.push({ ...one, path: pathDistance(pathOf(asked), one.operation.path) })
    if (far.length % AT_ONCE === 0) yield
  }
  const near = far
    .filter(({ path }) => path.distance <= FAR)
    .sort((one, other) => roughly(one, asked) - roughly(other, asked))
    .filter((one) => !isHidden(one, asked))
    .slice(0, CLOSELY)
  const found: Found[] = []
  for (const one of near) {
    yield
    found.push(lookedAt(one, asked, knowledge))
  }
  found.sort((one, other) => one.candidate.distance - other.candidate.distance)
  const best = found[0]?.candidate.distance ?? 0
  return found.filter((one) => one.candidate.distance <= best + BEHIND && !hasTwin(one, found, asked)).slice(0, MOST)
}

interface Near {
  contract: Contract
  name: string
  operation: Operation
  path: PathDistance
}

/** With its method this very path leads to another operation: a fixed part wins over a parameter. */
function isHidden({ contract, name, operation }: Near, asked: Asked): boolean {
  const taken = routerTo(contract).match(operation.method, pathOf(asked))
  return !('kind' in taken) && taken.name !== name
}

/** Another service has it too, but the one that was asked has it itself. */
function hasTwin({ contract, operation }: Found, found: readonly Found[], { service }: Asked): boolean {
  const isTwin = (other: Found) => other.contract.service === service && other.operation.path === operation.path && other.operation.method === operation.method
  return contract.service !== service && found.some(isTwin)
}

const routers = new WeakMap<Contract, Router>()

function routerTo(contract: Contract): Router {
  const router = routers.get(contract) ?? createRouter(contract)
  routers.set(contract, router)
  return router
}

function roughly({ contract, operation, path }: Near, asked: Asked): number {
  return WEIGHTS.path * path.distance + (operation.method === asked.method ? 0 : WEIGHTS.method) + (contract.service === asked.service ? 0 : WEIGHTS.service)
}

function lookedAt({ contract, name, operation, path }: Near, asked: Asked, knowledge: Knowledge): Found {
  const judged = judge(contract, name, operation, asked, knowledge)
  const { criteria, body, reading } = judged
  const distance = WEIGHTS.path * path.distance + sumOf(criteria, body)
  const candidate = { service: contract.service, operation: name, method: operation.method, path: operation.path, distance: rounded(distance), criteria, body }
  return { contract, operation, params: reading.match?.params ?? path.params, judged, candidate }
}

/** A path that is not met is in its distance already, unless it is a value in it that is refused. */
function sumOf(criteria: readonly Criterion[], body: readonly Difference[]): number {
  const parts = new Set(criteria.filter(({ met }) => !met).map(({ part }) => part))
  return [...parts].reduce((sum, part) => sum + (part === 'path' ? 0.02 : WEIGHTS[part] * (part === 'body' ? shareOf(body) : 1)), 0)
}

/** Of two operations at like paths, the one whose members came is meant. */
function shareOf(body: readonly Difference[]): number {
  return body.length === 0 ? 1 : Math.min(1, 0.2 + body.length / 10)
}

const rounded = (distance: number): number => Math.round(Math.min(1, distance) * 1000) / 1000
