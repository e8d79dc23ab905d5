import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressList } from '../../reports/addresses.ts'

/** What is known of a suite that has a name: who it is, and how it is reached. */
export interface State {
  /** Of this file; another one is another version's. */
  format: typeof FORMAT
  instance: string
  pid: number
  /** When that process started, as the system tells it. */
  processStart: string
  /** An instant in UTC. */
  startedAt: string
  /** Of mock-suite. */
  version: string
  /** Where the control API is, with its token; and where each fake is. */
  addresses: AddressList
  /** What it says is written there; null in the foreground. */
  log: string | null
}

export const FORMAT = 1

export const stateFile = (folder: string, instance: string): string => join(folder, `${instance}.json`)

export const logFile = (folder: string, instance: string): string => join(folder, `${instance}.log`)

/** Whoever reads meanwhile has the former state or the new one whole. */
export function writeState(folder: string, state: State): void {
  const file = stateFile(folder, state.instance)
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** The state in a file; a sentence about what is wrong with it; nothing when there is none. */
export function readState(file: string): State | string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : `its state cannot be read: ${(error as Error).message}`
  }
  try {
    const state = JSON.parse(text) as Partial<State> | null
    if (isState(state)) return state
    return state?.format === FORMAT ? NOT_WHOLE : 'its state was written by another version of mock-suite'
  } catch {
    return NOT_WHOLE
  }
}

const NOT_WHOLE = 'its state is not whole'

function isState(state: Partial<State> | null): state is State {
  return (
    state?.format === FORMAT &&
    typeof state.instance === 'string' &&
    Number.isSafeInteger(state.pid) &&
    (state.pid as number) > 0 &&
    [state.processStart, state.startedAt, state.version].every((text) => typeof text === 'string') &&
    typeof state.addresses === 'object' &&
    state.addresses !== null &&
    Array.isArray(state.addresses.lanes)
  )
}
