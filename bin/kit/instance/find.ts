import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { foldersThere } from './folder.ts'
import { processStart } from './process-start.ts'
import { readState, type State, stateFile } from './state.ts'

/** One that runs, or what one that no longer does has left behind. */
export type Instance = { name: string; file: string } & ({ running: true; state: State } | { running: false; state: State | undefined; reason: string })

export type Running = Extract<Instance, { running: true }>
export type Stale = Extract<Instance, { running: false }>

/** The one of this name: rather one that runs than what is left of another. */
export function findInstance(name: string): Instance | undefined {
  const found = foldersThere().flatMap((folder) => examined(name, stateFile(folder, name)))
  return found.find(({ running }) => running) ?? found[0]
}

/** Every one, by name. */
export function listInstances(): Instance[] {
  const names = foldersThere().flatMap((folder) => readdirSync(folder).flatMap((file) => STATE_FILE.exec(file)?.[1] ?? []))
  return [...new Set(names)].sort().flatMap((name) => findInstance(name) ?? [])
}

/** Takes away what is left of one that no longer runs; its log stays until the next of its name starts. */
export function clean({ name, file, reason }: Stale, tell: (message: string) => void): void {
  rmSync(file, { force: true })
  tell(`mock-suite: cleaned up after the instance ${name}: ${reason}`)
}

export const isRunning = ({ pid, processStart: start }: Pick<State, 'pid' | 'processStart'>): boolean => processStart(pid) === start

const STATE_FILE = /^([a-z][a-z0-9-]*)\.json$/

function examined(name: string, file: string): Instance[] {
  const state = readState(file)
  if (state === undefined) return []
  if (typeof state === 'string') return [{ name, file, running: false, state: undefined, reason: state }]
  if (isRunning(state)) return [{ name, file, running: true, state }]
  const other = processStart(state.pid) !== undefined
  const reason = other ? `its number ${state.pid} is another process's now` : `its process ${state.pid} ended without a word`
  return [{ name, file, running: false, state, reason }]
}

/** Every file of one instance in a folder that begins so. */
export function filesOf(folder: string, beginning: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(beginning))
    .map((file) => join(folder, file))
}
