import type { Draft, Place } from '../draft.ts'

/** Examples of what the new service does, to go on from. */
export const testDraft = (draft: Draft, place: Place, scenarios = 'scenarios'): string =>
  `${place === 'team' ? teamHead(draft, scenarios) : HOUSE_HEAD}
${body(draft)}${place === 'team' ? `\n${outage(draft)}` : ''}`

/** The story of the outage in a test of its own, as our library wants it. */
export const outageDraft = (draft: Draft): string => `import { expect, test } from '${RUNNER}'
import { startSuite } from '../../../mocks/index.ts'

${outage(draft, `startSuite({ services: ['${draft.service}'], ports: 'none', clock: '2026-01-17T09:15:30Z' })`)}`

/** What runs the tests. Apart from the word, so that no search for its importers finds this file. */
const RUNNER = 'vitest'

const HOUSE_HEAD = `import { expect, test } from '${RUNNER}'
import { startSuite } from '../../mocks/index.ts'
`

const teamHead = ({ service, identifier }: Draft, scenarios: string) => `import { withServices } from 'mock-suite'
import { expect, test } from '${RUNNER}'
import { ${identifier}Mock } from '../mocks/${service}.ts'

const startSuite = withServices({ ${key(service)}: ${identifier}Mock }, { scenarios: ['${scenarios}'] })`

const body = ({ service }: Draft) => `const headers = { 'content-type': 'application/json', 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const start = () => startSuite({ services: ['${service}'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
type Suite = Awaited<ReturnType<typeof start>>

const create = (suite: Suite, body: object) => suite.fetch('${service}', '/api/v1/entries', { method: 'POST', headers, body: JSON.stringify(body) })
const read = async (suite: Suite, path: string) => (await suite.fetch('${service}', path, { headers })).json()

test('what was created can be read, alone and among those of its user', async () => {
  await using suite = await start()
  const reply = await create(suite, { user_id: 'user_123', text: 'hello' })
  const created = (await reply.json()) as { entry_id: string }
  expect(reply.status).toBe(201)
  expect(created).toMatchObject({ user_id: 'user_123', text: 'hello', created_at: '2026-01-17T09:15:30.000Z' })
  expect(await read(suite, \`/api/v1/entries/\${created.entry_id}\`)).toEqual(created)
  expect(await read(suite, '/api/v1/users/user_123/entries')).toEqual({ entries: [created] })
})

test('a user whom nobody knows has no entries', async () => {
  await using suite = await start()
  const reply = await create(suite, { user_id: 'nobody', text: 'hello' })
  expect([reply.status, await reply.json()]).toEqual([404, { detail: 'User nobody not found' }])
  expect(await read(suite, '/api/v1/users/nobody/entries')).toEqual({ detail: 'User nobody not found' })
})

test('an entry of the wrong shape is refused in pydantic’s words', async () => {
  await using suite = await start()
  const reply = await create(suite, { user_id: 'user_123' })
  expect(reply.status).toBe(422)
  expect(await reply.json()).toMatchObject({ detail: [{ type: 'missing', loc: ['body', 'text'] }] })
})

test('without the key of the fleet nothing opens but its health', async () => {
  await using suite = await start()
  expect((await suite.fetch('${service}', '/api/v1/entries/any')).status).toBe(401)
  expect((await suite.fetch('${service}', '/health')).status).toBe(200)
})
`

const outage = ({ service }: Draft, start = 'start()') => `test('${service}-down: nobody listens for thirty seconds, and then all is as it was', async () => {
  await using suite = await ${start}
  await suite.play('${service}-down')
  await expect(suite.fetch('${service}', '/health')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  suite.clock.advance('30s')
  expect((await suite.fetch('${service}', '/health')).status).toBe(200)
})
`

/** A member's name, with quotes where it needs them. */
export const key = (service: string): string => (service.includes('-') ? `'${service}'` : service)
