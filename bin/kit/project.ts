import type { Contract } from '../../contracts/kit/contract.ts'
import type { Mock } from '../../mocks/kit/mock.ts'
import type { Neighbourhood } from '../../mocks/kit/neighbourhood.ts'
import { neighbourhood } from '../../mocks/neighbourhood.ts'
import { configuration, type LoadedConfiguration } from './configuration/held.ts'
import { beside } from './project-contracts.ts'
import { recordingsFolder } from './recordings-folder.ts'
import type { Terminal } from './terminal.ts'

/** Everything that commands are about: our services, and those of the configuration file beside them, with the same rights. */
export interface Project extends Neighbourhood<string> {
  contracts: Readonly<Record<string, Contract>>
  /** The configuration file, and the modules of its own that it imports; none where there is none. */
  files: readonly string[]
  /** Folders of scenarios that go by name, before those of the library. */
  scenarios: readonly string[]
  recordings: string
  /** Ours that one of the file's stands in for. */
  replaced: readonly string[]
}

const made = new WeakMap<LoadedConfiguration, Project>()

/**
 * What the configuration file of this call makes of our neighbourhood.
 *
 * @throws MockSuiteError `bad-config` when two services want the same port, host or variable.
 */
export async function project(): Promise<Project> {
  const file = configuration()
  if (file === undefined) return projectOf(undefined)
  const known = made.get(file) ?? projectOf(file)
  made.set(file, known)
  return known
}

/** Says which of ours are not the ones that run. */
export function tellProject({ replaced }: Project, terminal: Pick<Terminal, 'tell'>): void {
  for (const name of replaced) terminal.tell(`mock-suite: ${name} is that of ${configuration()?.placeOf(['services'])}, instead of ours`)
}

function projectOf(file: LoadedConfiguration | undefined): Project {
  const mocks = beside<Mock>(neighbourhood.mocks, file?.services ?? {}, ({ contract }) => contract)
  const contracts = Object.fromEntries(Object.entries(mocks).map(([name, { contract }]) => [name, contract]))
  const replaced = Object.keys(file?.services ?? {}).filter((name) => Object.hasOwn(neighbourhood.mocks, name))
  return { ...neighbourhood, mocks, contracts, files: file?.files ?? [], scenarios: file?.scenarios ?? [], recordings: recordingsFolder(), replaced }
}
