import type { Group } from '../kit/command.ts'

/** Drafts of contracts, from what others know about a service. */
export const imports: Group = {
  commands: {
    openapi: { summary: 'Drafts a contract from an OpenAPI document.', load: async () => (await import('../kit/import-openapi.ts')).importOpenapi },
    har: { summary: 'Drafts a contract from recorded exchanges, of any tool.', load: async () => (await import('../kit/import-har.ts')).importHar },
    wiremock: {
      summary: 'Makes WireMock’s mapping files a contract and a mock that answers the same.',
      load: async () => (await import('../kit/import-wiremock.ts')).importWiremock,
    },
  },
}
