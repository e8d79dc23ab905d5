import http from 'node:http'
import { type Effort, type Figure, median, milliseconds } from './figure.ts'
import { serve } from './server.ts'
import { read } from './shots.ts'

/** How late an answer is asked to come, in milliseconds. */
const ASKED = 20

/** How far an injected latency strays from what was asked, request after request on one connection, beside the same read without it. */
export async function lateness({ amount }: Effort): Promise<Figure[]> {
  const scenario = { name: 'late', story: 'Answers late.', rules: [{ when: { service: 'user' }, inject: [{ fault: 'latency', ms: ASKED }] }] }
  const [prompt, late] = [
    await serve('dist/bench/suite.js', { services: ['user'] }),
    await serve('dist/bench/suite.js', { services: ['user'], scenarios: [scenario] }),
  ]
  const requests = Math.max(20, amount / 50)
  const own = median(await durations(read(prompt.urls).url, requests))
  const strayed = (await durations(read(late.urls).url, requests)).map((took) => took - own - ASKED)
  await Promise.all([prompt.stop(), late.stop()])
  return [
    { what: `latency of ${ASKED} ms: median of what comes on top`, measured: milliseconds(median(strayed)), must: '', aim: '' },
    { what: `latency of ${ASKED} ms: p99 of how far it strays`, measured: milliseconds(p99(strayed.map(Math.abs))), must: '', aim: '' },
  ]
}

const p99 = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN

/** Milliseconds of each, one after the other, the first few left out: code and connection are cold. */
async function durations(url: string, requests: number): Promise<number[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const took: number[] = []
  for (let n = 0; n < requests + 20; n += 1) took.push(await duration(url, agent))
  agent.destroy()
  return took.slice(20)
}

function duration(url: string, agent: http.Agent): Promise<number> {
  const from = performance.now()
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent }, (reply) => {
      reply.resume()
      reply.once('end', () => resolve(performance.now() - from))
    })
    request.once('error', reject)
  })
}
