import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { envText } from '../../bin/reports/env.ts'
import { startSuite } from '../../mocks/index.ts'
import { folder } from './folder.ts'
import { mockSuite } from './recorder.ts'

const hostile = {
  PLAIN: 'http://127.0.0.1:8085',
  EMPTY: '',
  SPACES: '  two words  ',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell would fill it in, and must not.
  DOLLAR: 'pa$$word $HOME ${PATH} $(date) `date`',
  QUOTES: `it's "quoted"`,
  ALL: `it's "$HOME" \\ \`date\` #!`,
  LINES: 'one\ntwo\n\nthree',
  HASH: 'a # b',
  BACKSLASH: 'C:\\new\\table\\',
  JSON: '{"a": [1, "b"], "c": null}',
  UNICODE: 'über → 日本',
  TRICK: 'END_OF_VALUE\nEND_OF_VALUE_',
}

/** What a shell has in its environment after it has run this. */
function sourced(script: string): Record<string, string> {
  const file = join(folder(), 'file')
  writeFileSync(file, script)
  const told = execFileSync('bash', ['--noprofile', '--norc', '-c', 'set -a; . "$1"; exec env -0', 'bash', file], {
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
    timeout: 10_000,
  })
  const all = Object.fromEntries(told.split('\0').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
  return Object.fromEntries(Object.keys(hostile).map((name) => [name, all[name] ?? '(not set)']))
}

test.each(['dotenv', 'shell'] as const)('%s survives a shell, whatever the value', (format) => {
  expect(sourced(envText(hostile, format))).toEqual(hostile)
})

test('json is a plain map', () => {
  expect(JSON.parse(envText(hostile, 'json'))).toEqual(hostile)
})

test('github keeps values of several lines between marks that they do not contain', () => {
  expect(readEnvironmentFile(envText(hostile, 'github'))).toEqual(hostile)
})

test('docker takes everything behind the equals sign as it is, and says what it cannot carry', () => {
  const { LINES, TRICK, ...carried } = hostile
  const read = envText(carried, 'docker').split('\n')
  expect(read).toEqual(Object.entries(carried).map(([name, value]) => `${name}=${value}`))
  expect(() => envText({ LINES }, 'docker')).toThrow('LINES has several lines')
  expect(() => envText({ TRICK }, 'docker')).toThrow('take another format')
})

test('compose and k8s are YAML in which no dollar is taken for a variable', () => {
  const undoubled = (variables: Record<string, string>) =>
    Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value.replaceAll('$$', '$')]))
  const compose = parse(envText(hostile, 'compose')) as { environment: Record<string, string> }
  const k8s = parse(envText(hostile, 'k8s')) as { env: { name: string; value: string }[] }
  expect(undoubled(compose.environment)).toEqual(hostile)
  expect(undoubled(Object.fromEntries(k8s.env.map(({ name, value }) => [name, value])))).toEqual(hostile)
  expect(Object.values(compose.environment).join('').replaceAll('$$', '')).not.toContain('$')
})

test('without a suite it prints the planned ports, and says so', async () => {
  const { code, out, err } = await mockSuite(['env', '--port-offset', '40000', '--lane', '2'])
  expect(code).toBe(0)
  expect(out).toContain('CONFIG_SERVICE_URL=http://127.0.0.1:48292')
  expect(out).toContain('MOCK_SUITE_URL=http://127.0.0.1:48070')
  expect(out).toContain('ENVIRONMENT=development')
  expect(err).toContain('planned')
})

test('with --dns it prints the names by which containers know the fakes, running or not', async () => {
  await using suite = await startSuite({ services: ['config', 'alert', 'marketplace'], ports: 'auto', control: true })
  const url = suite.control?.url ?? ''
  const running = (await mockSuite(['env', '--url', url, '--json', '--dns'])).json()
  const planned = (await mockSuite(['env', '--port-offset', '40000', '--lane', '1', '--json', '--dns'])).json()
  const at = (of: string) => new URL(of).port
  expect(running).toMatchObject({
    source: 'suite',
    env: {
      ALERT_SERVICE_URL: `http://alert-service:${at(suite.url('alert'))}`,
      MARKETPLACE_BASE_URL: `http://marketplace:${at(suite.url('marketplace'))}`,
      MOCK_SUITE_URL: `http://mock-suite:${at(url)}`,
    },
  })
  expect(planned).toMatchObject({ source: 'plan', env: { ALERT_SERVICE_URL: 'http://alert-service:48185', MOCK_SUITE_URL: 'http://mock-suite:48070' } })
  expect(await mockSuite(['env', '--dns', '--host', 'there'])).toMatchObject({ code: 2, err: expect.stringContaining('give one of them') })
})

test('a suite that was named must be there', async () => {
  expect(await mockSuite(['env', '--url', 'http://127.0.0.1:1'])).toMatchObject({
    code: 3,
    out: '',
    err: expect.stringContaining('could not reach a suite at http://127.0.0.1:1'),
  })
})

test('of a running suite it prints the real addresses, under any name that reaches them', async () => {
  await using suite = await startSuite({ services: ['config', 'alert'], ports: 'auto', control: true })
  const url = suite.control?.url ?? ''
  const here = (await mockSuite(['env', '--url', url, '--json'])).json()
  const there = (await mockSuite(['env', '--url', url, '--json', '--host', 'host.docker.internal', '--environment', 'production'])).json() as {
    env: Record<string, string>
  }
  expect(here).toMatchObject({ schemaVersion: 1, source: 'suite', env: { CONFIG_SERVICE_URL: suite.url('config'), MOCK_SUITE_URL: url } })
  expect(there.env).toMatchObject({ ALERT_SERVICE_URL: suite.url('alert').replace('127.0.0.1', 'host.docker.internal'), ENVIRONMENT: 'production' })
  expect(there.env.DATABASE_URL).toContain('127.0.0.1:5432')
})

/** As a runner reads it: `NAME=value`, or `NAME<<MARK` and lines up to the mark. */
function readEnvironmentFile(file: string): Record<string, string> {
  const lines = file.split('\n')
  const read: Record<string, string> = {}
  for (let at = 0; at < lines.length; at += 1) {
    const [, name = '', mark] = /^(\w+)<<(.+)$/.exec(lines[at] as string) ?? []
    const line = lines[at] as string
    if (mark === undefined) read[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
    else {
      const end = lines.indexOf(mark, at + 1)
      read[name] = lines.slice(at + 1, end).join('\n')
      at = end
    }
  }
  return read
}
