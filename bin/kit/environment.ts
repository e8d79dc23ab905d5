import type { ServiceInfo } from '../../contracts/control.ts'
import { control } from '../../contracts/control.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { LANE_STRIDE } from '../../mocks/kit/open.ts'
import { suiteOf } from '../../mocks/kit/suite.ts'
import { project } from './project.ts'
import { type Remote, type RemoteValues, remote } from './remote.ts'

interface Asked extends RemoteValues {
  lane: number | undefined
  host: string | undefined
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
  const suite = remote(asked)
  try {
    return { variables: withScheme(await running(suite, asked), asked), source: 'suite' }
  } catch (error) {
    if (asked.url !== undefined || asked.instance !== undefined || !(error instanceof MockSuiteError) || error.code !== 'not-running') throw error
    return { variables: withScheme(await planned(asked), asked), source: 'plan' }
  }
}

async function running(suite: Remote, { lane, host, environment }: Asked): Promise<Record<string, string>> {
  const variables = await suite.get<Record<string, string>>('/v1/env', { lane, environment })
  if (host === undefined) return variables
  const services = await suite.get<ServiceInfo[]>('/v1/services', { lane: lane ?? 0 })
  const authorities = [...services.flatMap(({ url }) => (url === null ? [] : [new URL(url).host])), new URL(suite.url).host]
  const moved = (value: string) => authorities.reduce((text, authority) => text.replaceAll(authority, `${host}:${authority.split(':').at(-1)}`), value)
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, moved(value)]))
}

/** A suite without ports, told where it would listen. */
async function planned({ lane: index = 0, host = '127.0.0.1', portOffset, environment }: Asked): Promise<Record<string, string>> {
  const suite = await suiteOf(await project())({ ports: 'none', lanes: index + 1 })
  const lane = suite.lane(index)
  for (const { contract } of lane.services.values()) {
    const port = contract.port + portOffset + index * LANE_STRIDE
    lane.addresses.set(contract.service, { host, port, url: `http://${host}:${port}` })
  }
  return { ...suite.env(index, environment), MOCK_SUITE_URL: `http://${host}:${control.port + portOffset}` }
}

function withScheme(variables: Record<string, string>, { minioScheme }: Asked): Record<string, string> {
  const endpoint = variables.MINIO_ENDPOINT
  if (minioScheme === undefined || endpoint === undefined) return variables
  return { ...variables, MINIO_ENDPOINT: `${minioScheme}://${endpoint.replace(/^\w+:\/\//, '')}` }
}
