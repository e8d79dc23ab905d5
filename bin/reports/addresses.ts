import type { Suite } from '../../mocks/kit/suite.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'

/** Where everything listens, for a person: a row a service, a column a lane. */
export function addressTable(suite: Suite, { paint }: Pick<Terminal, 'paint'>): string {
  const lanes = suite.lanes.map(({ index }) => index)
  const head = ['service', ...(lanes.length === 1 ? ['address'] : lanes.map((lane) => `lane ${lane}`))]
  const rows = suite.services.map((service) => [service, ...lanes.map((lane) => suite.url(service, lane))])
  const [first = '', ...others] = columns([head, ...rows]).split('\n')
  const about = [
    ['seed', String(suite.seed)],
    ...(suite.control === undefined ? [] : [['control API', suite.control.url]]),
    ...(suite.control?.token === undefined ? [] : [['token', suite.control.token]]),
  ]
  return [paint('bold', first), ...others, '', columns(about)].join('\n')
}

/** The same for a program. */
export function addressList(suite: Suite): object {
  return {
    pid: process.pid,
    seed: suite.seed,
    control: suite.control === undefined ? null : { url: suite.control.url, token: suite.control.token ?? null },
    lanes: suite.lanes.map(({ index }) => ({
      lane: index,
      services: Object.fromEntries(suite.services.map((service) => [service, suite.url(service, index)])),
    })),
  }
}
