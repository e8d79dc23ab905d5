import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { execa, type ResultPromise } from 'execa'
import getPort from 'get-port'
import { PROGRAM } from './built.ts'

/** Everything ends by itself at last, whatever a test forgets. */
const DEADLINE = 30_000

export interface Started {
  process: ResultPromise<{ reject: false }>
  services: Record<string, string>
  control: string
  seed: number
}

/** Runs the shipped program to its end, in a folder. */
export function run(words: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = process.cwd()) {
  return execa(process.execPath, [resolve(PROGRAM), ...words], { cwd, env: { NODE_EXTRA_CA_CERTS: undefined, ...env }, reject: false, timeout: DEADLINE })
}

/** Starts fakes on free ports in a process of their own, and waits until they listen. */
export function start(words: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Started> {
  return serve(['start', 'config', 'alert', '--ports', 'auto', ...words], env)
}

/** Runs any command that stays, and waits until it has told where it listens. */
export async function serve(words: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = process.cwd()): Promise<Started> {
  const child = run([...words, '--json'], env, cwd)
  const told = await firstLine(child.stdout)
  if (told === undefined) throw new Error(`it did not start: ${(await child).stderr}`)
  const { lanes, control, seed } = JSON.parse(told) as { lanes: { services: Record<string, string> }[]; control: { url: string } | null; seed: number }
  return { process: child as Started['process'], services: lanes[0]?.services ?? {}, control: control?.url ?? '', seed }
}

/** The first line of a stream, which stays open; nothing when it ends before. */
function firstLine(stream: Readable): Promise<string | undefined> {
  return new Promise((resolve) => {
    let told = ''
    stream.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      if (told.includes('\n')) resolve(told.slice(0, told.indexOf('\n')))
    })
    stream.on('end', () => resolve(undefined))
  })
}

/** An offset at which the given fixed ports are free right now. */
export async function freeOffset(ports: readonly number[]): Promise<number> {
  for (let offset = 10_000; offset < 50_000; offset += 1013) {
    const free = await Promise.all(ports.map((port) => isFree(port + offset)))
    if (free.every(Boolean)) return offset
  }
  throw new Error('no offset is free')
}

async function isFree(port: number): Promise<boolean> {
  return (await getPort({ port, host: '127.0.0.1' })) === port
}
