import { agreedOn } from '../conform.ts'
import type { Contract, Operation, OperationDetails } from '../contract.ts'
import { once } from '../contract.ts'
import { credentialsOf } from '../credentials.ts'
import { createRouter } from '../match.ts'
import type { RecordedExchange } from '../recording/exchange.ts'
import type { Schemas } from './marks.ts'

/** What a contract knows about one exchange: names of segments, and schemas to walk beside values. */
export interface Known {
  params: ReadonlyMap<number, string>
  query: Schemas
  request: Schemas
  reply: Schemas
}

export interface Knowledge {
  /** Headers in which some operation wants its caller's credential, in lower case. */
  readonly credentials: ReadonlySet<string>
  about(exchange: RecordedExchange): Known
}

const STRANGE: Known = { params: new Map(), query: [], request: [], reply: [] }

export function createKnowledge(contract: Contract | undefined): Knowledge {
  const router = once(() => (contract === undefined ? undefined : createRouter(contract)))
  const credentials = once(() => new Set(['authorization', 'proxy-authorization', ...headersOf(contract)]))
  return {
    get credentials() {
      return credentials()
    },
    about(exchange) {
      const path = pathOf(exchange.request.url)
      const found = router()?.match(exchange.request.method, path)
      const named = exchange.operation === undefined ? undefined : contract?.operations[exchange.operation]
      const operation = named ?? (found !== undefined && 'operation' in found ? found.operation : undefined)
      return contract === undefined || operation === undefined ? STRANGE : knownOf(contract, operation, path, exchange.reply?.status)
    },
  }
}

function knownOf(contract: Contract, operation: Operation, path: string, status: number | undefined): Known {
  const { query, body } = operation.details()
  const reply = status === undefined ? undefined : agreedOn(contract, operation, status)?.body
  return {
    params: paramsOf(operation.path, path),
    query: query === undefined ? [] : [query],
    request: body === undefined ? [] : [body],
    reply: reply === undefined ? [] : [reply],
  }
}

/** The router's parameters with their positions; a host's own prefix before them moves them along. */
function paramsOf(template: string, path: string): Map<number, string> {
  const steps = template.split('/')
  const moved = template.endsWith('*') ? 0 : Math.max(0, path.split('/').length - steps.length)
  return new Map(steps.flatMap((step, at) => (step.startsWith(':') ? [[at + moved, step.slice(1)] as const] : [])))
}

function headersOf(contract: Contract | undefined): string[] {
  if (contract === undefined) return []
  const all = Object.values(contract.operations).map((operation): Pick<OperationDetails, 'auth'> => operation.details())
  return all.flatMap((details) => credentialsOf(contract, details).flatMap((credential) => (credential.kind === 'key' ? credential.header.toLowerCase() : [])))
}

const pathOf = (url: string): string => /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)/i.exec(url)?.[1] || '/'
