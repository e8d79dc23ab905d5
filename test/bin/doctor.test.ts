import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { examineCertificates, examineNode, examineProxies } from '../../bin/kit/examine.ts'
import { startSuite } from '../../mocks/index.ts'
import { freeOffset } from './process.ts'
import { mockSuite } from './recorder.ts'

const PORTS = [8085, 8086, 8087, 8088, 8089, 9090, 8091, 8092, 8093, 8094, 8098, 8099, 8500, 8901, 9000, 8070]

test('where nothing is in the way it is content', async () => {
  const offset = String(await freeOffset(PORTS))
  const { code, out } = await mockSuite(['doctor', '--port-offset', offset])
  expect(code).toBe(0)
  expect(out).toMatch(/✓ ports +all \d+ are free/)
  expect(out).toContain('none runs at')
})

test('a port that is taken is named with its holder, and would stop a start', async () => {
  const offset = await freeOffset(PORTS)
  const holder = createServer().listen(8092 + offset, '127.0.0.1')
  await once(holder, 'listening')
  const said = await mockSuite(['doctor', '--port-offset', String(offset), '--json'])
  holder.close()
  expect(said.code).toBe(1)
  expect(said.json()).toMatchObject({
    healthy: false,
    findings: expect.arrayContaining([{ about: `port ${8092 + offset}`, verdict: 'bad', told: expect.stringContaining(`(pid ${process.pid})`) }]),
  })
})

test('a suite that runs is found, and a clock that differs from the machine is noted', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'auto', control: true, clock: '2020-01-01T00:00:00Z' })
  const { out } = await mockSuite(['doctor', '--url', suite.control?.url ?? '', '--port-offset', String(await freeOffset(PORTS))])
  expect(out).toMatch(/✓ suite +one runs at http:\/\/127\.0\.0\.1:\d+: pid \d+, one fake, one lane/)
  expect(out).toMatch(/! clock, lane 0 +frozen, \d+ s behind this machine/)
})

test('the ports of the suite that runs are where they should be', async () => {
  const offset = await freeOffset(PORTS)
  await using _suite = await startSuite({ services: ['config', 'alert'], portOffset: offset, control: true })
  const { code, out } = await mockSuite(['doctor', '--port-offset', String(offset)])
  expect(out).toMatch(/✓ ports +the suite that runs has 3 of them, the other \d+ are free/)
  expect(code).toBe(0)
})

test.each([
  ['20.19.0', 'good'],
  ['20.18.9', 'bad'],
  ['18.20.0', 'bad'],
  ['22.0.0', 'good'],
])('Node %s is %s', (version, verdict) => {
  expect(examineNode(version, '>=20.19')).toMatchObject({ verdict })
})

test.each([
  [{}, 'good'],
  [{ HTTP_PROXY: 'http://proxy:3128' }, 'note'],
  [{ HTTP_PROXY: 'http://proxy:3128', NO_PROXY: 'localhost, 127.0.0.1' }, 'good'],
  [{ http_proxy: 'http://proxy:3128', no_proxy: '*' }, 'good'],
  [{ ALL_PROXY: 'socks5://proxy', NO_PROXY: 'localhost' }, 'note'],
])('proxies %j: %s', (env, verdict) => {
  expect(examineProxies(env)).toMatchObject([{ verdict }])
})

test('a file of certificates costs time at every start', () => {
  expect(examineCertificates({})).toMatchObject({ verdict: 'good' })
  expect(examineCertificates({ NODE_EXTRA_CA_CERTS: '/no/such/file.pem' })).toMatchObject({
    verdict: 'note',
    told: expect.stringContaining('which cannot be read'),
  })
})
