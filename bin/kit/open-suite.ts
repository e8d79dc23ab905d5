import { type Suite, suiteOf } from '../../mocks/kit/suite.ts'
import { tellOwn } from './own-scenarios.ts'
import { project, tellProject } from './project.ts'
import { type StarterValues, suiteOptions } from './starter.ts'
import { tellRefusals } from './tell-refusals.ts'
import type { Terminal } from './terminal.ts'

/** Starts the services (all of them when none is named) as the flags of a starter ask. */
export async function openSuite(services: readonly string[] | undefined, flags: StarterValues, terminal: Terminal): Promise<Suite> {
  const open = () =>
    openOnce(services, flags, terminal).catch(async (error: unknown) => {
      throw (await import('./instance/in-the-way.ts')).nameHolders(error)
    })
  return flags.watch ? (await import('./watch/open-watched.ts')).openWatched(flags, terminal, open) : open()
}

async function openOnce(services: readonly string[] | undefined, flags: StarterValues, terminal: Terminal): Promise<Suite> {
  const all = await project()
  tellProject(all, terminal)
  for (const name of flags.scenario) tellOwn(name, terminal)
  return suiteOf(all)({
    ...(await suiteOptions(flags)),
    ...(services === undefined ? {} : { services }),
    complain: (message) => terminal.warn(`mock-suite: ${message}`),
    ...(flags.quiet ? {} : { onRefused: tellRefusals(terminal) }),
  })
}
