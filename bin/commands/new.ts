import type { Group } from '../kit/command.ts'

/** Files to begin with. */
export const news: Group = {
  commands: {
    service: {
      summary: 'Writes the files of a new service, which pass their tests as they stand.',
      load: async () => (await import('../kit/new/new-service.ts')).newService,
    },
  },
}
