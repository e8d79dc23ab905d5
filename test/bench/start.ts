import { spawn } from 'node:child_process'
import http from 'node:http'
import { contracts } from '../../contracts/services.ts'
import { freeOffset } from '../bin/process.ts'
import { type Effort, type Figure, median, milliseconds, times } from './figure.ts'
import { lean } from './server.ts'

/** From spawn until the last port answers, beside bare Node with the same ports; and `--help`. */
export async function start({ rounds }: Effort): Promise<Figure[]> {
  const fixed = Object.values(contracts).map(({ port }) => port)
  const offset = await freeOffset([...fixed, 8070])
  const ports = fixed.map((port) => port + offset)
  const ours: number[] = []
  const bare: number[] = []
  const help: number[] = []
  for (let round = 0; round < rounds * 3; round += 1) {
    bare.push(await untilAll(['-e', bareNode(ports)], ports))
    ours.push(await untilAll(['dist/bin/mock-suite.js', 'start-all', '--port-offset', String(offset)], ports))
    help.push(await untilExit(['dist/bin/mock-suite.js', '--help']))
  }
  return [
    {
      what: '`start-all`: spawn until the last port answers',
      measured: `${milliseconds(median(ours))}, ${times(median(ours) / median(bare))} bare (${milliseconds(median(bare))})`,
      must: '≤ 3.00 ×',
      aim: '≤ 2.00 ×',
    },
    { what: '`mock-suite --help`', measured: milliseconds(median(help)), must: '≤ 150 ms', aim: '' },
  ]
}

function bareNode(ports: readonly number[]): string {
  return `const http = require('node:http'); for (const port of ${JSON.stringify(ports)}) http.createServer((_, reply) => reply.end('{}')).listen(port, '127.0.0.1')`
}

async function untilAll(args: string[], ports: readonly number[]): Promise<number> {
  const from = performance.now()
  const child = spawn(process.execPath, args, { stdio: 'ignore', env: lean() })
  await Promise.all(ports.map(answers))
  const took = performance.now() - from
  await new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })
  return took
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 5000; tries += 1) {
    if (await answersNow(port)) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error(`port ${port} did not answer in ten seconds`)
}

function answersNow(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/health', agent: false }, (reply) => {
      reply.resume()
      resolve(true)
    })
    request.on('error', () => resolve(false))
  })
}

function untilExit(args: string[]): Promise<number> {
  const from = performance.now()
  return new Promise((resolve) => {
    spawn(process.execPath, args, { stdio: 'ignore', env: lean() }).once('exit', () => resolve(performance.now() - from))
  })
}
