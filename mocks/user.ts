import { user } from '../contracts/user.ts'
import { about } from './user/about.ts'
import { accounts } from './user/accounts.ts'
import { authz } from './user/authz.ts'
import { refuseToken } from './user/caller.ts'
import { former } from './user/former.ts'
import { keys } from './user/keys.ts'
import { people } from './user/people.ts'
import { permissions } from './user/permissions.ts'
import { seed } from './user/seed.ts'
import { guestToken } from './user/session.ts'
import { sessions } from './user/sessions.ts'
import { tables } from './user/tables.ts'
import { defineMock } from './world/index.ts'

/** All generations know the same people: those of the world, by name in one and by number in the others. */
export const userMock = defineMock(user)({
  tables,
  seed,
  verify: refuseToken,
  letIn: guestToken,
  operations: { ...about, ...permissions, ...accounts, ...authz, ...people, ...sessions, ...keys, ...former },
})
