import type { Entry } from './kit/command.ts'

/** Every command, one line each; its file is read when it is asked for. */
export const commands: Readonly<Record<string, Entry>> = {
  'start-all': {
    summary: 'Starts every fake on its fixed port, in the foreground or in the background.',
    load: async () => (await import('./commands/start-all.ts')).startAll,
  },
  start: { summary: 'Starts some of the fakes, in the foreground or in the background.', load: async () => (await import('./commands/start.ts')).start },
  run: {
    summary: 'Starts fakes, runs a command beside them, judges how they were used, and stops.',
    load: async () => (await import('./commands/run.ts')).run,
  },
  env: { summary: 'Prints what the service under test must read to find the fakes.', load: async () => (await import('./commands/env.ts')).env },
  wait: { summary: 'Waits until the fakes answer.', load: async () => (await import('./commands/wait.ts')).wait },
  status: { summary: 'Tells what runs, where, and what each lane has seen.', load: async () => (await import('./commands/status.ts')).status },
  logs: { summary: 'Shows what a suite in the background has said.', load: async () => (await import('./commands/logs.ts')).logs },
  stop: { summary: 'Stops a suite that has a name.', load: async () => (await import('./commands/stop.ts')).stop },
  reset: { summary: 'Puts every lane, or one, back to how it was at the start.', load: async () => (await import('./commands/reset.ts')).reset },
  journal: { summary: 'Tells what happened, oldest first.', load: async () => (await import('./commands/journal.ts')).journal },
  inbox: { summary: 'Shows the mail and SMS that the fakes have sent.', load: async () => (await import('./commands/inbox.ts')).inbox },
  clock: { summary: 'Reads and moves the clock of a lane.', load: async () => (await import('./commands/clock.ts')).clock },
  world: { summary: 'Shows and changes the records behind the fakes.', load: async () => (await import('./commands/world.ts')).world },
  scenario: { summary: 'Scenarios of failure: the library, and what plays.', load: async () => (await import('./commands/scenario.ts')).scenario },
  plan: { summary: 'Tells what a scenario would do, match by match, before anything runs.', load: async () => (await import('./commands/plan.ts')).plan },
  verify: {
    summary: 'Tells whether the service under test used its neighbours as agreed.',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  coverage: {
    summary: 'Tells which failures the service under test has met, and which it has not.',
    load: async () => (await import('./commands/coverage.ts')).coverage,
  },
  record: {
    summary: 'Stands in front of the real services and keeps what passes, secrets replaced.',
    load: async () => (await import('./commands/record.ts')).record,
  },
  bundle: {
    summary: 'Writes down all that the fakes saw and did, so that it can be done again.',
    load: async () => (await import('./commands/bundle.ts')).bundle,
  },
  replay: {
    summary: 'Does a bundle again and compares every outcome; or answers from a recording, of any tool.',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
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
  new: {
    summary: 'Writes the files to begin a service with.',
    load: async () => (await import('./commands/new.ts')).news,
  },
  completion: {
    summary: 'Prints what teaches a shell to complete our commands, flags and names.',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  __complete: {
    summary: 'Tells a shell what may stand where the cursor is.',
    hidden: true,
    load: async () => (await import('./commands/complete.ts')).complete,
  },
  schema: {
    summary: 'Prints the JSON Schema of what --json prints, of one command or of all.',
    load: async () => (await import('./commands/schema.ts')).schema,
  },
  config: {
    summary: 'Tells what every flag is, and who said so: command line, environment, configuration file or nobody.',
    load: async () => (await import('./commands/config.ts')).config,
  },
  doctor: {
    summary: 'Looks for what would keep the suite from starting or from being reached.',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
}
