import type { LaneInfo, Readiness, ServiceInfo, SuiteInfo } from '../../contracts/control.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'

interface Status {
  about: SuiteInfo
  lanes: readonly LaneInfo[]
  services: readonly ServiceInfo[]
  ready: Readiness
}

/** A running suite at a glance: who it is, what each lane has seen, where each fake listens. */
export function statusText({ about, lanes, services, ready }: Status, { paint }: Pick<Terminal, 'paint'>): string {
  const state = ready.ready ? paint('green', 'ready') : paint('red', 'not ready')
  return [
    `mock-suite ${about.version}, ${state}, pid ${about.pid}, seed ${about.seed}, since ${about.started_at}`,
    '',
    ...columns([
      ['lane', 'clock', 'requests', 'dropped', 'resets'],
      ...lanes.map(({ lane, now, frozen, requests, dropped, generation }) => [
        String(lane),
        `${now}${frozen ? ' (frozen)' : ''}`,
        String(requests),
        String(dropped),
        String(generation),
      ]),
    ]).split('\n'),
    '',
    ...columns([
      ['service', 'lane', 'address', 'operations'],
      ...services.map(({ service, lane, url, operations }) => [service, String(lane), url ?? 'no port', String(operations)]),
    ]).split('\n'),
  ].join('\n')
}
