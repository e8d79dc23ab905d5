import * as z from 'zod'
import type { Suite } from '../../mocks/kit/suite.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'

/** Where everything listens, for a program. */
export const addressInfo = () =>
  z.strictObject({
    pid: z.int(),
    /** What others find it by. */
    instance: z.string().optional(),
    seed: z.int(),
    control: z.strictObject({ url: z.string(), token: z.string().nullable() }).nullable(),
    lanes: z.array(z.strictObject({ lane: z.int(), services: z.record(z.string(), z.string()) })),
  })

export type AddressList = z.output<ReturnType<typeof addressInfo>>

/** The same for a person: a row a service, a column a lane. */
export function addressTable({ seed, control, lanes }: AddressList, { paint }: Pick<Terminal, 'paint'>): string {
  const head = ['service', ...(lanes.length === 1 ? ['address'] : lanes.map(({ lane }) => `lane ${lane}`))]
  const rows = Object.keys(lanes[0]?.services ?? {}).map((service) => [service, ...lanes.map(({ services }) => services[service] ?? '')])
  const [first = '', ...others] = columns([head, ...rows]).split('\n')
  const about = [
    ['seed', String(seed)],
    ...(control === null ? [] : [['control API', control.url]]),
    ...(control === null || control.token === null ? [] : [['token', control.token]]),
  ]
  return [paint('bold', first), ...others, '', columns(about)].join('\n')
}

export function addressList(suite: Suite, instance?: string): AddressList {
  return {
    pid: process.pid,
    ...(instance === undefined ? {} : { instance }),
    seed: suite.seed,
    control: suite.control === undefined ? null : { url: suite.control.url, token: suite.control.token ?? null },
    lanes: suite.lanes.map(({ index }) => ({
      lane: index,
      services: Object.fromEntries(suite.services.map((service) => [service, suite.url(service, index)])),
    })),
  }
}
