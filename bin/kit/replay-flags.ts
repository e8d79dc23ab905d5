import { text, whole } from './flag.ts'
import { starterFlags } from './starter.ts'

const { host, ports, portOffset, seed, scenario, journalLimit, controlPort, noControl, allowHost, token, quiet } = starterFlags

export const replayFlags = {
  service: text('whose the exchanges are; those of a recording that says so itself are picked out', {
    value: 'NAME',
    names: 'service',
    initial: undefined,
    shown: 'as the recording says; else each host is one of its own',
  }),
  port: whole('the port to listen on, where there is one service', {
    value: 'N',
    min: 1,
    max: 65_535,
    initial: undefined,
    shown: 'that of the contract; a free one for a host that has none',
  }),
  lane: whole('of a bundle, only this lane', { value: 'N', min: 0, max: 63, initial: undefined, shown: 'all of them' }),
  host,
  ports,
  portOffset,
  seed,
  scenario,
  journalLimit,
  controlPort,
  noControl,
  allowHost,
  token,
  quiet,
}
