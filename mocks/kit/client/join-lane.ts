import type { ServiceInfo, SuiteInfo } from '../../../contracts/control.ts'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { laneOf } from '../worker-lane.ts'
import { type ControlClient, controlClient } from './control-client.ts'
import { JoinedLane } from './joined-lane.ts'

export interface JoinOptions {
  /** The control API of the suite. @default MOCK_SUITE_URL */
  url?: string | undefined
  /** Its token, where it wants one. @default MOCK_SUITE_TOKEN */
  token?: string | undefined
  /** Which lane, counted from 0. @default that of the parallel test worker that asks */
  lane?: number
}

/** Takes a lane of a suite that runs somewhere else. @throws MockSuiteError `not-running`, `unknown-lane` */
export async function joinLane<Name extends string>(options: JoinOptions = {}): Promise<JoinedLane<Name>> {
  const client = controlOfEnvironment(options)
  const { lanes } = await client.get<SuiteInfo>('/v1/suite')
  const index = options.lane ?? ownLane(lanes)
  const [env, services] = await Promise.all([
    client.get<Record<string, string>>('/v1/env', { lane: index }),
    client.get<ServiceInfo[]>('/v1/services', { lane: index }),
  ])
  const urls = services.flatMap(({ service, url }): [Name, string][] => (url === null ? [] : [[service as Name, url]]))
  return new JoinedLane({ index, client, env, urls: new Map(urls) })
}

const ADVICE = 'Start it before the tests: by mock-suite/global-setup, or with mock-suite run around them.'

/** @throws MockSuiteError `not-running` where nobody says which suite is meant */
export function controlOfEnvironment({ url = process.env.MOCK_SUITE_URL, token = process.env.MOCK_SUITE_TOKEN }: JoinOptions = {}): ControlClient {
  if (url !== undefined && URL.canParse(url)) return controlClient({ url, token, advice: ADVICE })
  throw new MockSuiteError('not-running', `could not join a suite: MOCK_SUITE_URL ${url === undefined ? 'is not set' : `is ${JSON.stringify(url)}`}. ${ADVICE}`)
}

function ownLane(lanes: number): number {
  try {
    return laneOf(process.env, lanes)
  } catch (error) {
    throw new MockSuiteError('unknown-lane', `could not take a lane: ${(error as Error).message}.`)
  }
}
