import { control } from '../../contracts/control.ts'
import { type ControlClient, controlClient } from '../../mocks/kit/client/control-client.ts'
import { text, type Values, whole } from './flag.ts'
import { type Target, targetOf } from './instance/target.ts'
import { instanceFlag } from './instance-flag.ts'
import { laneFlag } from './lane-flag.ts'
import { UsageError } from './usage-error.ts'

/** The flags that say which suite is meant, common to all commands that ask one. */
export const remoteFlags = {
  url: text('the control API of the suite', {
    value: 'URL',
    initial: undefined,
    shown: `that of --instance; else http://127.0.0.1:${control.port}, plus --port-offset`,
  }),
  // A `run` around us has set both for its own suite.
  instance: { ...instanceFlag('the suite of this name', 'default, if it runs in the background'), hushes: ['url', 'token'] },
  token: text('its token, where it wants one', { value: 'TOKEN', initial: undefined, shown: 'that of the instance' }),
  portOffset: { ...whole('the offset that the suite was started with', { value: 'N', min: -8000, max: 50_000, initial: 0 }), hushes: ['url'] },
  lane: laneFlag,
}

export type RemoteValues = Pick<Values<typeof remoteFlags>, 'url' | 'instance' | 'token' | 'portOffset'>

/** A running suite, through its control API. */
export type Remote = ControlClient

/** @throws MockSuiteError `not-running` where an instance is named that is not there */
export function remote(flags: RemoteValues): Remote {
  return controlClient({ ...meant(flags), advice: 'Start one with mock-suite start-all, or say where it is with --url.' })
}

/** What was said outright comes first; an offset names a suite in the foreground. */
function meant({ url, instance, token, portOffset }: RemoteValues): Target {
  const known = url !== undefined || (instance === undefined && portOffset !== 0) ? undefined : targetOf(instance)
  const base = (url ?? known?.url ?? `http://127.0.0.1:${control.port + portOffset}`).replace(/\/+$/, '')
  if (!URL.canParse(base)) throw new UsageError(`--url ${JSON.stringify(base)} is no address. Write it like http://127.0.0.1:8070`)
  return { url: base, token: token ?? known?.token }
}
