import { readFileSync } from 'node:fs'
import type { LaneInfo, SuiteInfo } from '../../contracts/control.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { examineConfiguration } from './examine-configuration.ts'
import { examinePorts, hasIpv6Loopback } from './examine-ports.ts'
import { listInstances } from './instance/find.ts'
import { type RemoteValues, remote } from './remote.ts'

export interface Finding {
  about: string
  /** `bad` would stop a start; a `note` costs time or leads astray. */
  verdict: 'good' | 'note' | 'bad'
  told: string
}

export interface Plan extends RemoteValues {
  lanes: number
}

/** Everything that is known to keep a suite from starting, from being reached, or from being quick. */
export async function examine(plan: Plan): Promise<Finding[]> {
  const running = await examineSuite(plan)
  const configured = examineConfiguration(process.env)
  // Services that cannot stand side by side have no ports to look at.
  const apart = configured.every(({ about, verdict }) => about !== 'services' || verdict !== 'bad')
  return [
    examineNode(process.versions.node, packageJson.engines.node),
    ...configured,
    ...examineInstances(),
    ...(apart ? await examinePorts(plan, running.pid) : []),
    await examineIpv6(),
    ...examineProxies(process.env),
    examineCertificates(process.env),
    ...running.findings,
  ]
}

/** @param engines What the package wants: a lowest version, `>=20.19`. */
export function examineNode(version: string, engines: string): Finding {
  const [have, want] = [version, engines.replace('>=', '')].map((text) => text.split('.').map(Number)) as [number[], number[]]
  const [major = 0, minor = 0] = want
  const enough = (have[0] ?? 0) > major || (have[0] === major && (have[1] ?? 0) >= minor)
  return { about: 'Node', verdict: enough ? 'good' : 'bad', told: enough ? version : `${version}; mock-suite needs ${engines}` }
}

/** What suites in the background have left behind that are gone. */
function examineInstances(): Finding[] {
  const stale = listInstances().filter((one) => !one.running)
  return stale.map(({ name, reason }) => ({
    about: `instance ${name}`,
    verdict: 'note',
    told: `stale: ${reason}. The next start of that name, or mock-suite stop, cleans up`,
  }))
}

async function examineIpv6(): Promise<Finding> {
  if (await hasIpv6Loopback()) return { about: 'IPv6', verdict: 'good', told: '::1 is there' }
  return {
    about: 'IPv6',
    verdict: 'note',
    told: 'there is no ::1 here: the fakes listen on 127.0.0.1 alone, and a client that tries localhost as ::1 first loses a moment',
  }
}

/** Variables that would send calls to the fakes elsewhere: Python's clients obey them for loopback too, unless NO_PROXY says otherwise. */
export function examineProxies(env: NodeJS.ProcessEnv): Finding[] {
  const set = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'].filter((name) => env[name])
  const spared = (env.no_proxy ?? env.NO_PROXY ?? '').split(',').map((one) => one.trim())
  if (set.length === 0) return [{ about: 'proxies', verdict: 'good', told: 'none that would catch calls to the fakes' }]
  const caught = ['127.0.0.1', 'localhost'].filter((host) => !spared.includes(host) && !spared.includes('*'))
  if (caught.length === 0) return [{ about: 'proxies', verdict: 'good', told: `${set.join(', ')}; NO_PROXY spares loopback` }]
  return [
    {
      about: 'proxies',
      verdict: 'note',
      told: `${set.join(', ')} would catch calls to ${caught.join(' and ')}: add ${caught.join(',')} to NO_PROXY where the service under test runs`,
    },
  ]
}

/** Node 20 parses this file at every start. */
export function examineCertificates(env: NodeJS.ProcessEnv): Finding {
  const file = env.NODE_EXTRA_CA_CERTS
  if (!file) return { about: 'certificates', verdict: 'good', told: 'NODE_EXTRA_CA_CERTS is not set' }
  return {
    about: 'certificates',
    verdict: 'note',
    told: `NODE_EXTRA_CA_CERTS names ${file} (${certificates(file)}), which Node reads at every start: unset it where starts are to be quick`,
  }
}

function certificates(file: string): string {
  try {
    return `${readFileSync(file, 'utf8').split('-----BEGIN CERTIFICATE-----').length - 1} certificates`
  } catch {
    return 'which cannot be read'
  }
}

async function examineSuite(plan: Plan): Promise<{ findings: Finding[]; pid?: number }> {
  const suite = remote(plan)
  try {
    const about = await suite.get<SuiteInfo>('/v1/suite')
    const lanes = await suite.get<LaneInfo[]>('/v1/lanes')
    const told = `one runs at ${suite.url}: pid ${about.pid}, ${about.services.length === 1 ? 'one fake' : `${about.services.length} fakes`}, ${about.lanes === 1 ? 'one lane' : `${about.lanes} lanes`}`
    return { pid: about.pid, findings: [{ about: 'suite', verdict: 'good', told }, ...lanes.map(examineClock)] }
  } catch (error) {
    return { findings: [{ about: 'suite', verdict: 'good', told: `none runs at ${suite.url} (${(error as Error).message.split('. ')[0]})` }] }
  }
}

/** The service under test keeps its own clock: where the two differ, tokens expire and windows open at other times than it thinks. */
function examineClock({ lane, now, frozen }: LaneInfo): Finding {
  const ahead = Math.round((Date.parse(now) - Date.now()) / 1000)
  const apart = Math.abs(ahead) <= 2 ? 'with this machine' : `${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine`
  return { about: `clock, lane ${lane}`, verdict: frozen || Math.abs(ahead) > 2 ? 'note' : 'good', told: `${frozen ? 'frozen, ' : ''}${apart}` }
}
