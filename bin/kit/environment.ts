import type { ContractInfo, ServiceInfo } from '../../contracts/control.ts'
import { control } from '../../contracts/control.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { LANE_STRIDE } from '../../mocks/kit/open.ts'
import { suiteOf } from '../../mocks/kit/suite.ts'
import { project } from './project.ts'
import { type Remote, type RemoteValues, remote } from './remote.ts'
import { UsageError } from './usage-error.ts'

interface Asked extends RemoteValues {
  lane: number | undefined
  host: string | undefined
  dns: boolean
  environment: string | undefined
  minioScheme: string | undefined
}

export interface Environment {
  variables: Record<string, string>
  /** A suite that runs, or the ports that one would take. */
  source: 'suite' | 'plan'
}

/** What the service under test must read: of the suite that runs, or, where none does and none was named, of the planned ports. */
export async function environmentFor(asked: Asked): Promise<Environment> {
  if (asked.dns && asked.host !== undefined) throw new UsageError('--dns and --host both say by which name the fakes are reached: give one of them')
  const suite = remote(asked)
  try {
    return { variables: withScheme(await running(suite, asked), asked), source: 'suite' }
  } catch (error) {
    if (asked.url !== undefined || asked.instance !== undefined || !(error instanceof MockSuiteError) || error.code !== 'not-running') throw error
    return { variables: withScheme(await plannedEnvironment(asked), asked), source: 'plan' }
  }
}

async function running(suite: Remote, { lane, host, dns, environment }: Asked): Promise<Record<string, string>> {
  const variables = await suite.get<Record<string, string>>('/v1/env', { lane, environment })
  if (host === undefined && !dns) return variables
  const services = await suite.get<ServiceInfo[]>('/v1/services', { lane: lane ?? 0 })
  const names = new Map((await suite.get<ContractInfo[]>('/v1/contracts')).map((contract) => [contract.service, contract.host]))
  const places = [...services, { service: control.service, url: variables.MOCK_SUITE_URL ?? null }]
  const moves = places.flatMap(({ service, url }): [string, string][] => (url === null ? [] : [[new URL(url).host, host ?? names.get(service) ?? service]]))
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, moved(value, moves)]))
}

/** A text in which the hosts of some authorities are others. Who is `127.0.0.1:8085` does not begin `127.0.0.1:80851`. */
function moved(value: string, moves: readonly (readonly [authority: string, host: string])[]): string {
  return moves.reduce((text, [authority, host]) => {
    const port = authority.slice(authority.lastIndexOf(':'))
    return text.split(new RegExp(`${authority.replace(/[.[\]]/g, '\\$&')}(?!\\d)`)).join(host + port)
  }, value)
}

/** A suite without ports, told where it would listen. */
export async function plannedEnvironment({ lane: index = 0, host, dns, portOffset = 0, environment }: Partial<Asked>): Promise<Record<string, string>> {
  const suite = await suiteOf(await project())({ ports: 'none', lanes: index + 1 })
  const lane = suite.lane(index)
  const named = ({ host: name }: Pick<Contract, 'host'>) => (dns === true ? name : (host ?? '127.0.0.1'))
  for (const { contract } of lane.services.values()) {
    const [name, port] = [named(contract), contract.port + portOffset + index * LANE_STRIDE]
    lane.addresses.set(contract.service, { host: name, port, url: `http://${name}:${port}` })
  }
  return { ...suite.env(index, environment), MOCK_SUITE_URL: `http://${named(control)}:${control.port + portOffset}` }
}

function withScheme(variables: Record<string, string>, { minioScheme }: Asked): Record<string, string> {
  const endpoint = variables.MINIO_ENDPOINT
  if (minioScheme === undefined || endpoint === undefined) return variables
  return { ...variables, MINIO_ENDPOINT: `${minioScheme}://${endpoint.replace(/^\w+:\/\//, '')}` }
}
