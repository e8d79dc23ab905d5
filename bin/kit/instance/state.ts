import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressList } from '../../reports/addresses.ts'

/** What is known of a suite that has a name: who it is, and how it is reached. */
export interface State {
  /** Of this file; another one is another version's, which may tell of its addresses otherwise. All else here means the same in every version. */
  format: number
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

/** The state in a file; a sentence about what is wrong with it; nothing when there is none, or no file: who opens a pipe may wait for ever. */
export function readState(file: string): State | string | undefined {
  let text: string
  try {
    if (!lstatSync(file).isFile()) return undefined
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : `its state cannot be read: ${(error as Error).message}`
  }
  try {
    const state = JSON.parse(text) as Partial<State> | null
    if (!namesProcess(state)) return NOT_WHOLE
    if (state.format !== FORMAT) return { ...state, log: null, addresses: { pid: state.pid, seed: 0, control: null, lanes: [] } }
    return Array.isArray(state.addresses?.lanes) ? (state as State) : NOT_WHOLE
  } catch {
    return NOT_WHOLE
  }
}

const NOT_WHOLE = 'its state is not whole'

function namesProcess(state: Partial<State> | null): state is Omit<State, 'log' | 'addresses'> & Partial<Pick<State, 'log' | 'addresses'>> {
  return (
    Number.isSafeInteger(state?.format) &&
    Number.isSafeInteger(state?.pid) &&
    (state?.pid as number) > 0 &&
    [state?.instance, state?.processStart, state?.startedAt, state?.version].every((text) => typeof text === 'string')
  )
}
