import * as z from 'zod'
import type { Instance } from '../kit/instance/find.ts'
import type { Terminal } from '../kit/terminal.ts'
import { addressInfo } from './addresses.ts'
import { columns } from './columns.ts'

/** A suite that has a name, for a program; null is what nobody knows of one that is gone. */
export const instanceInfo = () =>
  z.strictObject({
    instance: z.string(),
    state: z.enum(['running', 'stale']),
    /** Why it is taken for gone. */
    reason: z.string().optional(),
    pid: z.int().nullable(),
    since: z.iso.datetime().nullable(),
    version: z.string().nullable(),
    url: z.string().nullable(),
    lanes: addressInfo().shape.lanes,
    log: z.string().nullable(),
  })

export function instanceList(instances: readonly Instance[]): z.output<ReturnType<typeof instanceInfo>>[] {
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
