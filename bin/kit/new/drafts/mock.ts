import type { Draft, Place } from '../draft.ts'

const imports = ({ service, identifier }: Draft): Readonly<Record<Place, string>> => ({
  team: `import { defineMock, table } from 'mock-suite'
import * as z from 'zod'
import { ${identifier} } from '../contracts/${service}.ts'`,
  house: `import * as z from 'zod'
import { ${identifier} } from '../contracts/${service}.ts'
import { table } from './kit/table.ts'
import { defineMock } from './world/index.ts'`,
})

/** Who answers for the new service. */
export const mockDraft = (draft: Draft, place: Place): string => `${imports(draft)[place]}

const Entry = () => z.strictObject({ entry_id: z.string(), user_id: z.string(), text: z.string(), created_at: z.string() })

export const ${draft.identifier}Mock = defineMock(${draft.identifier})({
  tables: { entries: table(Entry, { key: 'entry_id', indexes: ['user_id'], references: { user_id: 'users' } }) },

  operations: {
    health: () => ({ status: 200, body: { status: 'healthy' } }),

    createEntry({ tables, world, body: { user_id, text }, clock, ids }) {
      if (!world.users.has(user_id)) return unknown('User', user_id)
      return { status: 201, body: tables.entries.insert({ entry_id: ids.next('entry'), user_id, text, created_at: clock.iso() }) }
    },

    listEntries({ tables, world, params: { user_id } }) {
      if (!world.users.has(user_id)) return unknown('User', user_id)
      return { status: 200, body: { entries: tables.entries.where('user_id', user_id) } }
    },

    getEntry({ tables, params: { entry_id } }) {
      const found = tables.entries.get(entry_id)
      return found === undefined ? unknown('Entry', entry_id) : { status: 200, body: found }
    },
  },
})

const unknown = (what: string, id: string) => ({ status: 404 as const, body: { detail: \`\${what} \${id} not found\` } })
`
