import type { Entry } from './kit/command.ts'

/** Every command, one line each; its file is read when it is asked for. */
export const commands: Readonly<Record<string, Entry>> = {
  'start-all': {
    summary: 'Starts every fake on its fixed port and stays in the foreground.',
    load: async () => (await import('./commands/start-all.ts')).startAll,
  },
  start: { summary: 'Starts some of the fakes and stays in the foreground.', load: async () => (await import('./commands/start.ts')).start },
}
