import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { seenBy } from '../../mocks/kit/seen.ts'

const everywhere = { host: '0.0.0.0', port: 8185, url: 'http://127.0.0.1:8185' }

test.each([
  ['config-service:8092', 'alert-service', 'http://alert-service:8185'],
  ['config-service', 'alert-service', 'http://alert-service:8185'],
  ['config-service.signals.svc.cluster.local:8092', 'alert-service.signals.svc.cluster.local', 'http://alert-service.signals.svc.cluster.local:8185'],
  ['localhost:8092', 'localhost', 'http://localhost:8185'],
  ['10.1.2.3:8092', '10.1.2.3', 'http://10.1.2.3:8185'],
  ['[fd00::7]:8092', 'fd00::7', 'http://[fd00::7]:8185'],
  ['config-services.evil.example', 'config-services.evil.example', 'http://config-services.evil.example:8185'],
  [undefined, '127.0.0.1', 'http://127.0.0.1:8185'],
])('whoever asks a fake that listens everywhere as %s finds its neighbour at %s', (asked, host, url) => {
  expect(seenBy({ host: asked, own: 'config-service' }, everywhere, 'alert-service')).toEqual({ host, port: 8185, url })
})

test('one that listens at one address is there, whoever asks', () => {
  const here = { host: '127.0.0.1', port: 8185, url: 'http://127.0.0.1:8185' }
  expect(seenBy({ host: 'config-service:8092', own: 'config-service' }, here, 'alert-service')).toEqual(here)
})

test('a client that discovers its neighbours through the port registry reaches them, in a container and out of it', async () => {
  await using suite = await startSuite({ services: ['config', 'alert'], ports: 'auto', hosts: ['0.0.0.0'] })
  const port = new URL(suite.url('alert')).port
  const registered = async (host: string) => {
    const headers = { 'x-internal-api-key': suite.env().INTERNAL_API_KEY ?? '' }
    const reply = await suite.fetch('config', new Request(`http://${host}/api/v1/ports/alert_service/url`, { headers }))
    return (await reply.json()) as { url: string }
  }
  expect(suite.url('alert')).toBe(`http://127.0.0.1:${port}`)
  expect(suite.env().ALERT_SERVICE_URL).toBe(`http://127.0.0.1:${port}`)
  expect(await registered('config-service:8092')).toMatchObject({ url: `http://alert-service:${port}`, host: 'alert-service', port: Number(port) })
  expect((await registered('localhost:8092')).url).toBe(`http://localhost:${port}`)
  expect((await fetch(`${(await registered('127.0.0.1:8092')).url}/health`)).status).toBe(200)
})
