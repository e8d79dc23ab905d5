import type { Instance } from '../kit/instance/find.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'

/** Suites that have names, for a program. */
export function instanceList(instances: readonly Instance[]): object[] {
  return instances.map((one) => {
    const { name, running, state } = one
    return {
      instance: name,
      state: running ? 'running' : 'stale',
      ...(running ? {} : { reason: one.reason }),
      pid: state?.pid ?? null,
      since: state?.startedAt ?? null,
      version: state?.version ?? null,
      url: state?.addresses.control?.url ?? null,
      lanes: state?.addresses.lanes ?? [],
      log: state?.log ?? null,
    }
  })
}

/** The same for a person: a row each. */
export function instancesText(instances: readonly Instance[], { paint }: Pick<Terminal, 'paint'>): string {
  const rows = instances.map(({ name, running, state }) => {
    const fakes = Object.keys(state?.addresses.lanes[0]?.services ?? {}).length
    return [name, running ? 'running' : 'stale', String(state?.pid ?? '?'), state?.startedAt ?? '?', state?.addresses.control?.url ?? 'none', String(fakes)]
  })
  const [first = '', ...others] = columns([['instance', 'state', 'pid', 'since', 'control API', 'fakes'], ...rows]).split('\n')
  return [paint('bold', first), ...others].join('\n')
}
