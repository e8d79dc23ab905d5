import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { plannedEnvironment } from '../../bin/kit/environment.ts'
import { envText } from '../../bin/reports/env.ts'
import { control } from '../../contracts/control.ts'
import about from '../../package.json' with { type: 'json' }
import { root } from '../house/files.ts'
import { execForm, theOne } from './dockerfile.ts'
import { fakes, published } from './published.ts'

interface Service {
  image: string
  networks: { neighbours: { aliases: string[] } }
  ports: string[]
  healthcheck: { test: string[] }
  environment: Record<string, string>
  depends_on: Record<string, { condition: string }>
  read_only: boolean
  cap_drop: string[]
  security_opt: string[]
}

const { services } = parse(readFileSync(join(root, 'compose.yaml'), 'utf8')) as { services: Record<string, Service> }
const suite = services[control.host] as Service
const consumer = services['service-under-test'] as Service

test('the fakes answer to every DNS name of the contracts', () => {
  expect(suite.networks.neighbours.aliases).toEqual(fakes.map(({ host }) => host))
})

test('every port is published, to this machine alone', () => {
  expect(suite.ports.toSorted()).toEqual(published.map(({ port }) => `127.0.0.1:${port}:${port}`).toSorted())
})

test('it is healthy when the image would call it so, and who needs it waits for that', () => {
  expect(suite.healthcheck.test).toEqual(['CMD', ...execForm(theOne('HEALTHCHECK'))])
  expect(consumer.depends_on).toEqual({ [control.host]: { condition: 'service_healthy' } })
})

test('its image has the version of the package', () => {
  expect([suite.image, consumer.image]).toEqual([`mock-suite:${about.version}`, `mock-suite:${about.version}`])
})

test('nothing in it may be written, gained or kept', () => {
  for (const one of [suite, consumer]) expect(one).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
})

test('the service under test reads what mock-suite env prints', async () => {
  const { environment } = parse(envText(await plannedEnvironment({ dns: true }), 'compose')) as Pick<Service, 'environment'>
  expect(consumer.environment).toEqual(environment)
})
