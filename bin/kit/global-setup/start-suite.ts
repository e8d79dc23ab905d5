import type { Suite, SuiteOptions } from '../../../mocks/kit/suite.ts'
import { suiteOf } from '../../../mocks/kit/suite.ts'
import { findConfiguration } from '../configuration/find.ts'
import { hold } from '../configuration/held.ts'
import { parse } from '../parse.ts'
import { project } from '../project.ts'
import { starterFlags, suiteOptions } from '../starter.ts'

/** Starts what `start-all` would start from this folder, environment and configuration file; but on free ports, with a lane for each worker, where nobody says otherwise. */
export async function startSuite(options: SuiteOptions, workers: number): Promise<Suite> {
  const file = await configurationFrom(process.cwd())
  const { flags, origins } = parse([], { flags: starterFlags }, process.env, file?.settings)
  const unsaid = (name: string) => origins[name]?.from === 'default'
  const { control, ...asked } = await suiteOptions(flags as Parameters<typeof suiteOptions>[0])
  return suiteOf(await project())({
    ...asked,
    ...(unsaid('ports') ? { ports: 'auto' } : {}),
    ...(unsaid('lanes') ? { lanes: workers } : {}),
    ...options,
    // Tests cannot do without it: they are other processes.
    control: options.control || control || true,
  })
}

async function configurationFrom(folder: string) {
  hold({})
  const file = findConfiguration(folder)
  if (file === undefined) return undefined
  const { loadConfiguration } = await import('../configuration/load.ts')
  const loaded = await loadConfiguration(file, folder)
  hold({ loaded })
  return loaded
}
