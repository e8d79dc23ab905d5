import type { Account } from './docket.ts'

/** What went wrong, in one line. */
export function told({ kind, service, operation, problem, place, detail, more }: Account): string {
  const name = operation === undefined ? service : `${service}.${operation}`
  if (more) return `${name}: more of this kind, which are counted and not told apart`
  switch (kind) {
    case 'unmatched':
      return unmatched(name, problem, place, detail)
    case 'violation':
      return `${name} was sent what it does not take: ${place === '' ? '' : `${place}: `}${detail}`
    case 'refused':
      return `${name} refused the credential${place === '' ? '' : ` of ${place}`}: ${detail}`
    case 'handler-failure':
      return `${name} failed: ${detail}`
    case 'off-contract':
      return `${name} broke its contract: ${place}: ${detail}`
  }
}

function unmatched(name: string, problem: Account['problem'], place: string, detail: string): string {
  switch (problem) {
    case 'unreadable':
      return `${name} was sent what is no request: ${detail}`
    case 'method-not-allowed':
      return `${name} has this path, but no operation that takes ${place}`
    case 'moved':
      return `${name} sent ${place} on: its operation ends with another slash`
    default:
      return `no operation of ${name} takes ${place}`
  }
}
