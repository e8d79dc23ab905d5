import { list, text } from './flag.ts'
import { starterFlags } from './starter.ts'

const { host, ports, portOffset, lanes, seed, scenario, journalLimit, controlPort, noControl, allowHost, token, quiet } = starterFlags

/** A fake's world, clock and strictness are not the real service's. */
export const recordFlags = {
  service: list('which service to record; may be given more than once', { value: 'NAME', names: 'service', initial: [], shown: 'those that have an upstream' }),
  upstream: list('where the real service is; NAME=URL where there are several, which may be given more than once', {
    value: 'URL',
    initial: [],
    shown: 'none',
  }),
  out: text('the folder to record in; of several services, each has its own folder in it', {
    value: 'DIR',
    initial: undefined,
    shown: 'contracts/recordings, a folder for each service',
  }),
  allow: list('the only hosts that may be upstreams, besides loopback; `*.` stands for all below a name; may be given more than once', {
    value: 'HOST',
    initial: [],
    shown: 'any host; with CI in the environment, none',
    // `allow` of a configuration file is what verifications let pass.
    apart: true,
  }),
  redactionKey: text('what secrets are replaced under: with the same key, the same value is replaced alike in every recording', {
    value: 'KEY',
    initial: undefined,
    shown: 'a random one for each run',
  }),
  versionHeader: text('the reply header in which the real service tells its version', {
    value: 'NAME',
    initial: undefined,
    shown: 'the usual ones, e.g. x-service-version',
  }),
  host,
  ports,
  portOffset,
  lanes,
  seed,
  scenario,
  journalLimit,
  controlPort,
  noControl,
  allowHost,
  token,
  quiet,
}
