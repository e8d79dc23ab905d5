import { expect, test } from 'vitest'
import { childEnvironment } from '../../bin/kit/run/child-environment.ts'
import { startSuite } from '../../mocks/index.ts'

const suite = () => startSuite({ services: ['config', 'alert'], ports: 'auto', lanes: 2, control: { token: 'secret' } })

test('a command reads what this process does, where the fakes are, and how to drive them', async () => {
  await using fakes = await suite()
  expect(childEnvironment(fakes, { HOME: '/home/me', CONFIG_SERVICE_URL: 'http://old.example' })).toMatchObject({
    HOME: '/home/me',
    CONFIG_SERVICE_URL: fakes.url('config'),
    MOCK_SUITE_URL: fakes.control?.url,
    MOCK_SUITE_TOKEN: 'secret',
    MOCK_SUITE_LANES: '2',
  })
})

test('without a control API a command does not drive the suite around it', async () => {
  await using fakes = await startSuite({ services: ['config'], ports: 'auto' })
  const read = childEnvironment(fakes, { MOCK_SUITE_URL: 'http://127.0.0.1:8070', MOCK_SUITE_TOKEN: 'theirs' })
  expect([read.MOCK_SUITE_URL, read.MOCK_SUITE_TOKEN]).toEqual([undefined, undefined])
})

test.each([
  [{ HTTP_PROXY: 'http://proxy:3128' }, '127.0.0.1,localhost'],
  [{ https_proxy: 'http://proxy:3128', no_proxy: '.corp, 10.0.0.1' }, '.corp,10.0.0.1,127.0.0.1,localhost'],
  [{ ALL_PROXY: 'socks5://proxy', NO_PROXY: 'localhost' }, 'localhost,127.0.0.1'],
  [{ NO_PROXY: '.corp' }, '.corp'],
  [{ HTTP_PROXY: '' }, undefined],
])('%j: NO_PROXY is %s', async (env, expected) => {
  await using fakes = await suite()
  const read = childEnvironment(fakes, env)
  expect(read.NO_PROXY).toBe(expected)
  if ('NO_PROXY' in env && !('ALL_PROXY' in env)) return
  expect(read.no_proxy).toBe(expected)
})
