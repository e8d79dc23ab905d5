import type { Draft, Place } from '../draft.ts'

const IMPORTS: Readonly<Record<Place, string>> = {
  team: `import { apiKey, defineContract, fastapi, get, once, post, py } from 'mock-suite/contracts'
import * as z from 'zod'`,
  house: `import * as z from 'zod'
import { apiKey } from './kit/auth.ts'
import { defineContract, get, once, post } from './kit/contract.ts'
import { fastapi, py } from './kit/fastapi.ts'`,
}

/** What is agreed with the new service: entries of users, which can be created and read. */
export const contractDraft = ({ service, identifier, title, port, host, variable }: Draft, place: Place): string => `${IMPORTS[place]}

const health = once(() => z.strictObject({ status: z.string() }))
const entry = once(() => z.strictObject({ entry_id: z.string(), user_id: z.string(), text: z.string(), created_at: z.string() }))
const missing = once(() => z.strictObject({ detail: z.string() }))

/** Who says so: name the page, or the file of the client, in each operation. */
const drafted = 'inferred: drafted by mock-suite new service'

const created = { entry_id: 'entry_9f2c01a4b7de', user_id: 'user_123', text: 'the first of all', created_at: '2026-01-17T09:15:30.000Z' }
const nobody = { status: 404, body: { detail: 'User nobody not found' } }

/** What is agreed with the ${service.endsWith('service') ? service : `${service} service`}: entries of users, which can be created and read. */
export const ${identifier} = defineContract({
  service: '${service}',
  title: '${title}',
  port: ${port},
  host: '${host}',
  env: { ${variable}: ({ url }) => url },
  auth: apiKey({ header: 'X-Internal-API-Key', secret: 'INTERNAL_API_KEY' }),
  errors: fastapi({ version: '0.115.0' }),
  operations: {
    health: get('/health', () => ({
      summary: 'Tells whether the service is up.',
      responses: { 200: health() },
      auth: false,
      evidence: 'document',
      source: drafted,
      examples: { healthy: { reply: { status: 200, body: { status: 'healthy' } } } },
    })),
    createEntry: post('/api/v1/entries', () => ({
      summary: 'Keeps an entry of a user.',
      body: py.object({ user_id: py.str({ min: 1 }), text: py.str({ min: 1, max: 500 }) }),
      responses: { 201: entry(), 404: missing() },
      evidence: 'document',
      source: drafted,
      examples: {
        created: { body: { user_id: 'user_123', text: 'the first of all' }, reply: { status: 201, body: created } },
        unknownUser: { body: { user_id: 'nobody', text: 'the first of all' }, reply: nobody },
      },
    })),
    listEntries: get('/api/v1/users/:user_id/entries', () => ({
      summary: 'The entries of one user, oldest first.',
      responses: { 200: z.strictObject({ entries: z.array(entry()) }), 404: missing() },
      evidence: 'document',
      source: drafted,
      examples: {
        none: { params: { user_id: 'user_123' }, reply: { status: 200, body: { entries: [] } } },
        unknownUser: { params: { user_id: 'nobody' }, reply: nobody },
      },
    })),
    getEntry: get('/api/v1/entries/:entry_id', () => ({
      summary: 'One entry.',
      responses: { 200: entry(), 404: missing() },
      evidence: 'document',
      source: drafted,
      examples: {
        unknown: { params: { entry_id: 'entry_unknown' }, reply: { status: 404, body: { detail: 'Entry entry_unknown not found' } } },
      },
    })),
  },
})
`
