import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleOf } from './duty.ts'
import { type Effort, type Figure, median, times } from './figure.ts'
import { type Shot, shoot } from './load.ts'
import { type Server, serve } from './server.ts'
import { read } from './shots.ts'

/** What a relay costs, beside the bare server behind it that sends the same bytes; and what it costs to keep what passes. */
export async function relay({ amount, rounds }: Effort): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-suite-bench-'))
  const replies = [await permissions()]
  const [bare, upstream] = [await serve('dist/bench/bare.js', { replies, ready: false }), await serve('dist/bench/bare.js', { replies, ready: false })]
  const passing = await serve('dist/bench/relay-run.js', { upstream: upstream.urls.url })
  const keeping = await serve('dist/bench/relay-run.js', { upstream: upstream.urls.url, file: join(folder, 'relay.har') })
  const servers = [bare, passing, keeping]
  try {
    for (const server of servers) await shoot(server, at(server), amount)
    const ratios: { passing: number; keeping: number }[] = []
    for (let round = 0; round < rounds; round += 1) {
      const [least, passed, kept] = [await shoot(bare, at(bare), amount), await shoot(passing, at(passing), amount), await shoot(keeping, at(keeping), amount)]
      ratios.push({ passing: passed.cpu / least.cpu, keeping: kept.cpu / least.cpu })
    }
    const middle = (of: 'passing' | 'keeping') => `${times(median(ratios.map((ratio) => ratio[of])))} bare`
    return [
      { what: 'relay: server CPU per GET, 50 connections', measured: middle('passing'), must: '', aim: '' },
      { what: 'the same, redacted and recorded', measured: middle('keeping'), must: '', aim: '' },
    ]
  } finally {
    await Promise.all([...servers, upstream].map((server) => server.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

async function permissions() {
  const suite = await serve('dist/bench/suite.js', { services: ['user'] })
  const sample = await sampleOf(read(suite.urls))
  await suite.stop()
  return sample
}

const at = ({ urls }: Server): Shot => read({ user: urls.url ?? (urls.user as string) })
