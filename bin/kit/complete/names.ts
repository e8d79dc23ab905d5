import { resolve } from 'node:path'
import { FINDING_KINDS } from '../../../contracts/verification.ts'
import { listLibrary } from '../../../scenarios/kit/library.ts'
import { findConfiguration } from '../configuration/find.ts'
import { hold } from '../configuration/held.ts'
import { listInstances } from '../instance/find.ts'
import { ownFolders } from '../own-scenarios.ts'
import type { Context, NamesOf, Suggestion } from './suggest.ts'

/** The names that there are here: ours, those of the configuration file, and those of this machine. */
export const namesHere: NamesOf = async (names, context) => {
  switch (names) {
    case 'instance':
      return listInstances().map(({ name, running }) => ({ word: name, told: running ? 'running' : 'gone' }))
    case 'finding':
      return [...FINDING_KINDS.map((word) => ({ word: word as string, told: '' })), ...(await allowances(context))]
    case 'scenario':
      await configured(context)
      return listLibrary(ownFolders()).map(({ name }) => ({ word: name, told: '' }))
    case 'service':
      return (await services(context)).map(({ service, title }) => ({ word: service, told: title }))
    case 'operation':
      return operations(context)
  }
}

/** Holds the configuration file that the words before mean; what cannot be read says nothing. */
async function configured({ flags }: Context): Promise<void> {
  const named = flags.get('config')
  const file = flags.has('noConfig') ? undefined : named === undefined ? findConfiguration(process.cwd()) : resolve(named)
  hold({})
  if (file === undefined) return
  const { loadConfiguration } = await import('../configuration/load.ts')
  const loaded = await loadConfiguration(file, process.cwd()).catch(() => undefined)
  if (loaded !== undefined) hold({ loaded })
}

async function services(context: Context) {
  await configured(context)
  const { projectContracts } = await import('../project-contracts.ts')
  return Object.values(projectContracts())
}

/** Of the service that was named before, or of all. */
async function operations(context: Context): Promise<Suggestion[]> {
  const named = context.flags.get('service') ?? context.args[0]
  const all = await services(context)
  const meant = named === undefined ? all : all.filter(({ service }) => service === named)
  return meant.flatMap(({ operations }) => Object.entries(operations).map(([word, { method, path }]) => ({ word, told: `${method} ${path}` })))
}

/** `violation:alert` and `violation:alert.createAlert`. */
async function allowances(context: Context): Promise<Suggestion[]> {
  const all = await services(context)
  const places = all.flatMap(({ service, operations }) => [service, ...Object.keys(operations).map((name) => `${service}.${name}`)])
  return FINDING_KINDS.flatMap((kind) => places.map((place) => ({ word: `${kind}:${place}`, told: '' })))
}
