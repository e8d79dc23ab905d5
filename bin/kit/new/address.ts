import { control } from '../../../contracts/control.ts'
import type { Contract } from '../../../contracts/kit/contract.ts'
import { LANE_STRIDE } from '../../../mocks/kit/open.ts'
import { portRows } from '../../../mocks/world/ports.ts'
import { projectContracts } from '../project-contracts.ts'
import { UsageError } from '../usage-error.ts'
import type { Names } from './names.ts'

/** Where a new service is found. */
export interface Address {
  port: number
  host: string
  /** What its clients read. */
  variable: string
}

/** Ports are looked for from here on. */
const FIRST = 8701

/**
 * Nobody else's; what the port registry plans for a service of this name, where it does.
 *
 * @param besides Ports that are taken although no contract that is loaded says so.
 * @throws UsageError
 */
export function addressOf({ service }: Pick<Names, 'service'>, wanted: number | undefined, besides: readonly number[]): Address {
  const contracts: readonly Contract[] = [...Object.values(projectContracts()), control]
  const twin = contracts.find((contract) => contract.service === service)
  if (twin !== undefined) throw new UsageError(`${service}: there is a service of that name. Choose another`)
  const plan = portRows.find((row) => row.service === service)
  const host = plan?.host ?? (service.endsWith('-service') ? service : `${service}-service`)
  const variable = `${host
    .replace(/-service$/, '')
    .replaceAll('-', '_')
    .toUpperCase()}_SERVICE_URL`
  for (const other of contracts) {
    if (other.host === host) throw new UsageError(`${service}: ${host} is where ${other.service} is. Choose another name`)
    if (Object.hasOwn(other.env, variable)) throw new UsageError(`${service}: ${variable} says where ${other.service} is. Choose another name`)
    if (other.port === wanted) throw new UsageError(`--port ${wanted}: ${other.service} listens there. Choose another, or none`)
  }
  if (wanted !== undefined && besides.includes(wanted)) throw new UsageError(`--port ${wanted}: a contract has it already. Choose another, or none`)
  return { port: wanted ?? plan?.port ?? freePort([...[...contracts, ...portRows].map(({ port }) => port), ...besides]), host, variable }
}

/** One on which no lane of anybody comes to stand, whether it is served or planned. */
function freePort(ports: readonly number[]): number {
  const taken = new Set(ports.map((port) => port % LANE_STRIDE))
  for (let port = FIRST; port < FIRST + LANE_STRIDE; port += 1) if (!taken.has(port % LANE_STRIDE)) return port
  throw new UsageError('there is no port left on which no lane of another service stands. Choose one, with --port')
}
