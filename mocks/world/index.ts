import { mocksIn } from '../kit/mock.ts'
import type { TablesOf } from '../kit/store.ts'
import { defineWorld } from '../kit/world.ts'
import { instrumentRows, instruments } from './instruments.ts'
import { messages } from './messages.ts'
import { portRows, ports } from './ports.ts'
import { productRows, products, versionRows, versions } from './products.ts'
import { secretRows, secrets } from './secrets.ts'
import { settingRows, settings } from './settings.ts'
import { subscriptionRows, subscriptions, tokenRows, tokens } from './subscriptions.ts'
import { userRows, users } from './users.ts'
import { violations, watermarks } from './watermarks.ts'

/** The one seed world: a user known to one fake is known to all. */
export const world = defineWorld({
  tables: { users, products, versions, subscriptions, tokens, instruments, secrets, settings, ports, messages, watermarks, violations },
  seed: (now) => ({
    users: userRows,
    products: productRows,
    versions: versionRows,
    subscriptions: subscriptionRows(now),
    tokens: tokenRows(now),
    instruments: instrumentRows,
    secrets: secretRows,
    settings: settingRows,
    ports: portRows,
    messages: [],
    watermarks: [],
    violations: [],
  }),
  secrets: 'secrets',
})

/** The world's tables, as handlers see them. */
export type World = TablesOf<typeof world.tables>

/** Gives a contract its behaviour, in the default world. See {@link mocksIn}. */
export const defineMock = mocksIn(world)
