import type { LaneInfo, Readiness, ServiceInfo, SuiteInfo } from '../../contracts/control.ts'
import { defineCommand } from '../kit/command.ts'
import { EXIT } from '../kit/exit.ts'
import { remote, remoteFlags } from '../kit/remote.ts'
import { json } from '../reports/json.ts'
import { statusText } from '../reports/status.ts'

const { url, token, portOffset } = remoteFlags

export const status = defineCommand({
  flags: { url, token, portOffset },
  examples: ['mock-suite status', 'mock-suite status --port-offset 1000 --json'],
  async run({ flags, terminal }) {
    const suite = remote(flags)
    const [about, lanes, services, ready] = await Promise.all([
      suite.get<SuiteInfo>('/v1/suite'),
      suite.get<LaneInfo[]>('/v1/lanes'),
      suite.get<ServiceInfo[]>('/v1/services'),
      suite.get<Readiness>('/readyz'),
    ])
    terminal.print(
      flags.json ? json({ ...about, url: suite.url, ready: ready.ready, lanes, services }) : statusText({ about, lanes, services, ready }, terminal),
    )
    return ready.ready ? EXIT.good : EXIT.notReady
  },
})
