import { beforeAll, expect, test } from 'vitest'
import { plannedEnvironment } from '../../bin/kit/environment.ts'
import { control } from '../../contracts/control.ts'
import { contracts } from '../../contracts/services.ts'
import { built } from '../bin/built.ts'
import { freeOffset } from '../bin/process.ts'
import { canContain, contained, firstIn, imageFolder, statusAs } from './contained.ts'
import { execForm, theOne } from './dockerfile.ts'
import { published } from './published.ts'

beforeAll(built, 120_000)

/** What a container has in its environment; the offset only lets several of them run on one machine. */
async function circumstances() {
  const offset = await freeOffset(published.map(({ port }) => port))
  return { offset, env: { MOCK_SUITE_TOKEN: 'a-token', MOCK_SUITE_PORT_OFFSET: String(offset) } }
}

const image = [...execForm(theOne('ENTRYPOINT')), ...execForm(theOne('CMD'))]
const health = execForm(theOne('HEALTHCHECK'))

test.runIf(canContain)(
  'as process 1, as nobody in particular, on a root that is only read, it becomes healthy and stops on SIGTERM with 0',
  async () => {
    const [place, { offset, env }] = [imageFolder(), await circumstances()]
    const before = await contained(place, health, env)
    expect(before.exitCode, before.stderr).toBe(4)
    const suite = contained(place, image, env)
    await expect.poll(async () => (await contained(place, health, env)).exitCode, { timeout: 30_000 }).toBe(0)

    const at = control.port + offset
    expect((await statusAs(`mock-suite:${at}`, at, '/v1/suite')).status).toBe(401)
    for (const host of ['mock-suite', 'localhost', '127.0.0.1']) expect((await statusAs(`${host}:${at}`, at, '/v1/suite', 'a-token')).status).toBe(200)
    expect((await statusAs(`evil.example:${at}`, at, '/v1/suite', 'a-token')).status).toBe(403)

    const { port, host } = contracts.config
    const { CONFIG_SERVICE_API_KEY } = await plannedEnvironment({})
    const { body } = await statusAs(`${host}:${port + offset}`, port + offset, '/api/v1/ports/alert_service/url', CONFIG_SERVICE_API_KEY)
    expect(JSON.parse(body)).toMatchObject({ url: `http://alert-service:${contracts.alert.port + offset}` })

    process.kill(firstIn(suite.pid as number), 'SIGTERM')
    const { exitCode, stderr } = await suite
    expect(stderr).toContain('SIGTERM: finishing requests under way')
    expect(exitCode).toBe(0)
  },
  90_000,
)

test.runIf(canContain)(
  'where nothing but /tmp can be written, a suite can have a name all the same',
  async () => {
    const [place, { env }] = [imageFolder(), await circumstances()]
    const script = [
      'sh',
      '-c',
      '"$0" "$1" start-all --host 0.0.0.0 --detach && "$0" "$1" status --all --json && "$0" "$1" stop',
      ...execForm(theOne('ENTRYPOINT')),
    ]
    const { exitCode, stdout, stderr } = await contained(place, script, { ...env, HOME: '/home/node' })
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain('"instance":"default"')
  },
  60_000,
)
