import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { plannedEnvironment } from '../../bin/kit/environment.ts'
import { control } from '../../contracts/control.ts'
import about from '../../package.json' with { type: 'json' }
import { root } from '../house/files.ts'
import { fakes, published, sorted } from './published.ts'
import { understood } from './understood.ts'

interface Resource {
  kind: string
  metadata: { name: string; labels: Record<string, string> }
  spec: never
  data?: Record<string, string>
  stringData?: Record<string, string>
}

interface Deployment {
  replicas: number
  selector: { matchLabels: Record<string, string> }
  template: { metadata: { labels: Record<string, string> }; spec: { containers: [Container]; securityContext: object } }
}

interface Container {
  image: string
  args: string[]
  ports: { name: string; containerPort: number }[]
  securityContext: object
}

interface Service {
  selector: Record<string, string>
  ports: { name: string; port: number; targetPort: number }[]
}

const folder = join(root, 'deploy/kubernetes')
const kubectl = await execa('kubectl', ['version', '--client'], { reject: false }).then(({ exitCode }) => exitCode === 0)

test.each(fakes)('$service has a Deployment that starts it, and a Service of its DNS name and port', async ({ service, host, port }) => {
  const file = join(folder, `base/${service}.yaml`)
  expect(existsSync(file), `deploy/kubernetes/base/${service}.yaml is there`).toBe(true)
  const resources = parseAll(readFileSync(file, 'utf8'))
  const pod = specOf<Deployment>(resources, 'Deployment', host).template
  const { selector, ports } = specOf<Service>(resources, 'Service', host)
  const [container] = pod.spec.containers
  expect(ports).toEqual([expect.objectContaining({ port, targetPort: port })])
  expect(pod.metadata.labels).toMatchObject(selector)
  expect(container.ports.map(({ containerPort }) => containerPort)).toEqual([port, control.port])
  expect(await understood(container.args)).toMatchObject({ command: 'start', args: [service], host: ['0.0.0.0'] })
})

test('the base has the file of every fake, and of nobody else', () => {
  const { resources } = parseAll(readFileSync(join(folder, 'base/kustomization.yaml'), 'utf8'))[0] as unknown as { resources: string[] }
  const others = ['environment.yaml', 'network-policy.yaml']
  expect(resources).toEqual([...fakes.map(({ service }) => `${service}.yaml`), ...others])
  expect(readdirSync(join(folder, 'base')).toSorted()).toEqual([...resources, 'kustomization.yaml'].toSorted())
})

test('clients reach every port, and no other', () => {
  const [policy] = parseAll(readFileSync(join(folder, 'base/network-policy.yaml'), 'utf8')) as unknown as [
    { spec: { ingress: [{ ports: { port: number }[] }] } },
  ]
  expect(sorted(policy.spec.ingress[0].ports.map(({ port }) => port))).toEqual(sorted(published.map(({ port }) => port)))
})

test('the service under test reads what mock-suite env prints: what is secret as a Secret, the rest as a ConfigMap', async () => {
  const [open, secret] = parseAll(readFileSync(join(folder, 'base/environment.yaml'), 'utf8')) as [Resource, Resource]
  const { MOCK_SUITE_TOKEN, ...secrets } = secret.stringData ?? {}
  const { MOCK_SUITE_URL, ...environment } = await plannedEnvironment({ dns: true })
  expect({ ...open.data, ...secrets }).toEqual(environment)
  expect(Object.keys(open.data ?? {}).filter((name) => /SECRET|KEY|PASSWORD|TOKEN|DATABASE|REDIS/.test(name))).toEqual([])
  expect(MOCK_SUITE_TOKEN).not.toBe('')
})

test.runIf(kubectl)('every pod of both is confined', async () => {
  for (const name of ['base', 'overlays/shared-world']) {
    const pods = (await built(name)).filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec as Deployment)
    expect(pods.length).toBe(name === 'base' ? fakes.length : 1)
    for (const { replicas, template } of pods) {
      expect(replicas).toBe(1)
      expect(template.metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'mock-suite' })
      expect(template.spec).toMatchObject({
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            image: `mock-suite:${about.version}`,
            securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            startupProbe: { httpGet: { path: '/readyz', port: 'control' } },
            readinessProbe: { httpGet: { path: '/readyz', port: 'control' } },
            livenessProbe: { httpGet: { path: '/healthz', port: 'control' } },
            resources: { requests: expect.anything(), limits: expect.anything() },
          },
        ],
      })
    }
  }
})

test.runIf(kubectl)('in a shared world every Service leads to the one pod, in which every fake is started', async () => {
  const resources = await built('overlays/shared-world')
  const pod = specOf<Deployment>(resources, 'Deployment', control.host).template
  for (const { host, port } of published) {
    const { selector, ports } = specOf<Service>(resources, 'Service', host)
    expect(pod.metadata.labels).toMatchObject(selector)
    expect(ports).toEqual([expect.objectContaining({ port, targetPort: port })])
  }
  expect(await understood(pod.spec.containers[0].args)).toMatchObject({ command: 'start-all', args: [], host: ['0.0.0.0'] })
  expect(resources.find(({ kind }) => kind === 'ConfigMap')?.data?.MOCK_SUITE_URL).toBe(`http://${control.host}:${control.port}`)
})

async function built(name: string): Promise<Resource[]> {
  const { stdout } = await execa('kubectl', ['kustomize', join(folder, name)], { timeout: 20_000 })
  return parseAll(stdout)
}

function parseAll(text: string): Resource[] {
  return parseAllDocuments(text).map((document) => document.toJS() as Resource)
}

function specOf<Spec>(resources: readonly Resource[], kind: string, name: string): Spec {
  const found = resources.find((one) => one.kind === kind && one.metadata.name === name)
  expect(found, `there is a ${kind} ${name}`).toBeDefined()
  return found?.spec as Spec
}
