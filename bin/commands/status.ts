import * as z from 'zod'
import type { LaneInfo, Readiness, ServiceInfo, SuiteInfo } from '../../contracts/control.ts'
import { control } from '../../contracts/control.ts'
import { type Call, type DataOf, defineCommand } from '../kit/command.ts'
import { EXIT } from '../kit/exit.ts'
import { toggle } from '../kit/flag.ts'
import { clean, findInstance, listInstances } from '../kit/instance/find.ts'
import { DEFAULT_INSTANCE } from '../kit/instance-flag.ts'
import { remote, remoteFlags } from '../kit/remote.ts'
import { instanceInfo, instanceList, instancesText } from '../reports/instances.ts'
import { statusText } from '../reports/status.ts'

const { url, instance, token, portOffset } = remoteFlags
const statusFlags = { url, instance, token, portOffset, all: toggle('every suite that has a name, also what one has left behind that is gone') }

/** Several answers of the suite in one; or what is known of those that have names. */
const statusOutput = () =>
  z.union([
    control.operations.getSuite.details().responses[200].extend({
      url: z.string(),
      ready: z.boolean(),
      lanes: control.operations.listLanes.details().responses[200],
      services: control.operations.listServices.details().responses[200],
    }),
    z.strictObject({ instances: z.array(instanceInfo()) }).describe('With --all'),
  ])

type StatusCall = Call<typeof statusFlags, DataOf<typeof statusOutput>>

export const status = defineCommand({
  flags: statusFlags,
  output: statusOutput,
  examples: ['mock-suite status', 'mock-suite status --instance ci', 'mock-suite status --all', 'mock-suite status --port-offset 1000 --json'],
  async run(call) {
    return call.flags.all ? tellAll(call) : tellOne(call)
  },
})

async function tellOne({ flags, terminal }: StatusCall) {
  const left = flags.url === undefined ? findInstance(flags.instance ?? DEFAULT_INSTANCE) : undefined
  if (left?.running === false) clean(left, terminal.warn)
  const suite = remote(flags)
  const [about, lanes, services, ready] = await Promise.all([
    suite.get<SuiteInfo>('/v1/suite'),
    suite.get<LaneInfo[]>('/v1/lanes'),
    suite.get<ServiceInfo[]>('/v1/services'),
    suite.get<Readiness>('/readyz'),
  ])
  terminal.print(
    flags.json ? terminal.json({ ...about, url: suite.url, ready: ready.ready, lanes, services }) : statusText({ about, lanes, services, ready }, terminal),
  )
  return ready.ready ? EXIT.good : EXIT.notReady
}

function tellAll({ flags, terminal }: StatusCall) {
  const found = listInstances()
  if (flags.json) terminal.print(terminal.json({ instances: instanceList(found) }))
  else if (found.length > 0) terminal.print(instancesText(found, terminal))
  else terminal.tell('No suite has a name here: start one with --detach or --instance.')
  for (const stale of found) if (!stale.running) clean(stale, terminal.warn)
  return EXIT.good
}
