import type { Entry } from './kit/command.ts'

/** Every command, one line each; its file is read when it is asked for. */
export const commands: Readonly<Record<string, Entry>> = {
  'start-all': {
    summary: 'Starts every fake on its fixed port and stays in the foreground.',
    load: async () => (await import('./commands/start-all.ts')).startAll,
  },
  start: { summary: 'Starts some of the fakes and stays in the foreground.', load: async () => (await import('./commands/start.ts')).start },
  env: { summary: 'Prints what the service under test must read to find the fakes.', load: async () => (await import('./commands/env.ts')).env },
  status: { summary: 'Tells what runs, where, and what each lane has seen.', load: async () => (await import('./commands/status.ts')).status },
  reset: { summary: 'Puts every lane, or one, back to how it was at the start.', load: async () => (await import('./commands/reset.ts')).reset },
  journal: { summary: 'Tells what happened, oldest first.', load: async () => (await import('./commands/journal.ts')).journal },
  inbox: { summary: 'Shows the mail and SMS that the fakes have sent.', load: async () => (await import('./commands/inbox.ts')).inbox },
  clock: { summary: 'Reads and moves the clock of a lane.', load: async () => (await import('./commands/clock.ts')).clock },
  world: { summary: 'Shows and changes the records behind the fakes.', load: async () => (await import('./commands/world.ts')).world },
  scenario: { summary: 'Scenarios of failure: the library, and what plays.', load: async () => (await import('./commands/scenario.ts')).scenario },
  plan: { summary: 'Tells what a scenario would do, match by match, before anything runs.', load: async () => (await import('./commands/plan.ts')).plan },
  coverage: {
    summary: 'Tells which failures the service under test has met, and which it has not.',
    load: async () => (await import('./commands/coverage.ts')).coverage,
  },
  record: {
    summary: 'Stands in front of the real services and keeps what passes, secrets replaced.',
    load: async () => (await import('./commands/record.ts')).record,
  },
  replay: { summary: 'Answers from a recording, of any tool.', load: async () => (await import('./commands/replay.ts')).replay },
  drift: {
    summary: 'Tells where the real services have left their contracts, by what was recorded.',
    load: async () => (await import('./commands/drift.ts')).drift,
  },
  trust: { summary: 'Tells whether fakes are backed by recordings young enough.', load: async () => (await import('./commands/trust.ts')).trust },
  contracts: { summary: 'Shows what is agreed with each service.', load: async () => (await import('./commands/contracts.ts')).contracts },
  import: {
    summary: 'Drafts a contract from what is known about a service.',
    load: async () => (await import('./commands/import.ts')).imports,
  },
  doctor: {
    summary: 'Looks for what would keep the suite from starting or from being reached.',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
}
