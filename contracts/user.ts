import { defineContract } from './kit/contract.ts'
import { fastapi } from './kit/fastapi.ts'
import { aboutOperations } from './user/about.ts'
import { accountOperations } from './user/accounts.ts'
import { authzOperations } from './user/authz.ts'
import { formerOperations } from './user/former.ts'
import { keyOperations } from './user/keys.ts'
import { peopleOperations } from './user/people.ts'
import { permissionOperations } from './user/permissions.ts'
import { sessionOperations } from './user/sessions.ts'

/**
 * The user service: what the signal service asks it under `/api/v1` (which no provider has), the new provider under `/v1`,
 * the former one without a prefix, and what the rest of the fleet calls (C1 §8).
 */
export const user = defineContract({
  service: 'user',
  title: 'User service',
  port: 8091,
  host: 'user-service',
  env: { USER_SERVICE_URL: ({ url }) => url },
  errors: fastapi({ version: '0.104.1' }),
  operations: {
    ...aboutOperations,
    ...permissionOperations,
    ...accountOperations,
    ...authzOperations,
    ...peopleOperations,
    ...sessionOperations,
    ...keyOperations,
    ...formerOperations,
  },
})
