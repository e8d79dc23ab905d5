import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { lean, type Server } from './server.ts'

export interface Shot {
  url: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
}

export interface Load {
  /** Server CPU per answered request, in microseconds. */
  cpu: number
  p99: number
  perSecond: number
}

/** So many requests over 50 connections, from a process of its own. */
export async function shoot(server: Server, shot: Shot, amount: number): Promise<Load> {
  const before = server.cpu()
  const told = await autocannon(shot, amount)
  const answered = told['2xx'] + told.non2xx
  if (told.non2xx > 0 || told.errors > 0) throw new Error(`${shot.method ?? 'GET'} ${shot.url}: ${told.non2xx} not 2xx, ${told.errors} errors`)
  return { cpu: (server.cpu() - before) / answered, p99: told.latency.p99, perSecond: told.requests.average }
}

interface Told {
  '2xx': number
  non2xx: number
  errors: number
  latency: { p99: number }
  requests: { average: number }
}

async function autocannon({ url, method = 'GET', headers = {}, body }: Shot, amount: number): Promise<Told> {
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`])
  const options = ['-j', '-c', '50', '-a', String(amount), '-m', method, ...named, ...(body === undefined ? [] : ['-b', body]), url]
  const { stdout } = await promisify(execFile)(process.execPath, ['node_modules/autocannon/autocannon.js', ...options], { env: lean(), maxBuffer: 1 << 26 })
  return JSON.parse(stdout) as Told
}
