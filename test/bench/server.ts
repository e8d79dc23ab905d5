import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A server under measurement: a process of its own that tells its addresses on the first line it prints. */
export interface Server {
  urls: Record<string, string>
  /** User and system time that it has used, in microseconds. */
  cpu(): number
  /** Resident memory in megabytes. */
  memory(): number
  stop(): Promise<void>
}

export async function serve(script: string, options: unknown): Promise<Server> {
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'], env: lean() })
  const urls = JSON.parse(await firstLine(child)) as Record<string, string>
  return {
    urls,
    cpu: () => cpuOf(child.pid as number),
    memory: () => memoryOf(child.pid as number),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

/** Node 20 parses the file of extra certificates at every start: no part of what is measured. */
export function lean(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  return env
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end !== -1) resolve(text.slice(0, end))
    })
  })
}

/** Fields 14 and 15 of the kernel's record, in ticks of 10 ms. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
