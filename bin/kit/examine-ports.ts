import { createServer } from 'node:net'
import { control } from '../../contracts/control.ts'
import { type Holder, holderOf } from '../../mocks/kit/holder.ts'
import { LANE_STRIDE } from '../../mocks/kit/open.ts'
import type { Finding } from './examine.ts'
import { projectContracts } from './project-contracts.ts'

interface Planned {
  name: string
  port: number
}

/** Tries every port that a start would open, and names who holds it; a port of the suite that runs there is where it should be. */
export async function examinePorts({ portOffset, lanes }: { portOffset: number; lanes: number }, running: number | undefined): Promise<Finding[]> {
  const planned = plannedPorts(portOffset, lanes)
  const tried = await Promise.all(planned.map(async (one) => ({ ...one, error: await tryPort(one.port, '127.0.0.1') })))
  const held = tried.flatMap(({ name, port, error }) => (error === undefined ? [] : [{ name, port, error, holder: holderOf(port) }]))
  const strange = held.filter(({ holder }) => running === undefined || holder?.pid !== running)
  if (strange.length === 0) return [{ about: 'ports', verdict: 'good', told: summary(planned.length, held.length) }]
  return strange.map(({ name, port, error, holder }): Finding => {
    return { about: `port ${port}`, verdict: 'bad', told: `${name}: ${error === 'EADDRINUSE' ? holding(holder) : error}` }
  })
}

export async function hasIpv6Loopback(): Promise<boolean> {
  return (await tryPort(0, '::1')) === undefined
}

function plannedPorts(offset: number, lanes: number): Planned[] {
  const fakes = Array.from({ length: lanes }, (_, lane) =>
    Object.values(projectContracts()).map(({ service, port }) => ({
      name: lanes === 1 ? service : `${service}, lane ${lane}`,
      port: port + offset + lane * LANE_STRIDE,
    })),
  )
  return [...fakes.flat(), { name: 'control API', port: control.port + offset }]
}

function tryPort(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const door = createServer()
    door.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    door.listen({ port, host, exclusive: true }, () => door.close(() => resolve(undefined)))
  })
}

function summary(planned: number, held: number): string {
  if (held === 0) return `all ${planned} are free`
  return held === planned ? 'the suite that runs has them all' : `the suite that runs has ${held} of them, the other ${planned - held} are free`
}

function holding(holder: Holder | undefined): string {
  return holder === undefined ? 'held by a process that may not be looked at' : `held by ${holder.command} (pid ${holder.pid})`
}
