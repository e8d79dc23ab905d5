import type { Contract } from './contract.ts'
import { MockSuiteError } from './error.ts'

/** Something that a contract describes: itself, or a fake of it. */
type Named<T> = Readonly<Record<string, T>>

interface JoinOptions<T> {
  contractOf: (one: T) => Contract
  /** Who else stands there, and cannot be replaced. */
  besides?: readonly Contract[]
}

/**
 * Puts others' services beside ours; one of the same name takes the place of ours.
 *
 * @throws MockSuiteError `bad-config` when two of them want the same port, host or variable, or one is not called as its contract says, or has two operations at one path.
 */
export function joined<T>(ours: Named<T>, theirs: Named<T>, { contractOf, besides = [] }: JoinOptions<T>): Record<string, T> {
  const all = { ...ours, ...theirs }
  for (const [name, one] of Object.entries(theirs)) {
    const contract = contractOf(one)
    if (contract.service !== name) throw refused(`could not take ${name} in: its contract calls it ${contract.service}. Use one name for both.`)
    if (!/^[a-z][\w-]*$/i.test(name)) throw refused(`could not take ${JSON.stringify(name)} in: a name begins with a letter, and has letters, digits, - and _.`)
    checkPaths(contract)
    for (const other of [...Object.values(all).map(contractOf), ...besides]) if (other !== contract) checkApart(contract, other)
  }
  return all
}

/** A router takes the first and forgets the second, or takes neither; what a parameter is called makes no other path. */
function checkPaths({ service, operations }: Contract): void {
  const known = new Map<string, string>()
  for (const [name, { method, path }] of Object.entries(operations)) {
    const where = `${method} ${path.replaceAll(/:\w+/g, ':')}`
    const other = known.get(where)
    if (other !== undefined) throw refused(`could not take ${service} in: ${other} and ${name} are both ${method} ${path}. Keep one of them in its contract.`)
    known.set(where, name)
  }
}

function checkApart(one: Contract, other: Contract): void {
  const shared = sharedBy(one, other)
  if (shared === undefined) return
  throw refused(`could not put ${one.service} beside ${other.service}: both ${shared}. Give ${one.service} another in its contract.`)
}

function sharedBy(one: Contract, other: Contract): string | undefined {
  if (one.service === other.service) return `are called ${one.service}`
  if (one.port === other.port && one.port !== 0) return `listen on port ${one.port}`
  if (one.host === other.host) return `are reached as ${one.host}`
  const variable = Object.keys(one.env).find((name) => Object.hasOwn(other.env, name))
  return variable === undefined ? undefined : `say where they are in ${variable}`
}

const refused = (message: string): MockSuiteError => new MockSuiteError('bad-config', message)
