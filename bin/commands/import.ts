import type { Group } from '../kit/command.ts'

/** Drafts of contracts, from what others know about a service. */
export const imports: Group = {
  commands: {
    openapi: { summary: 'Drafts a contract from an OpenAPI document.', load: async () => (await import('../kit/import-openapi.ts')).importOpenapi },
  },
}
