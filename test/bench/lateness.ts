import http from 'node:http'
import { type Effort, type Figure, median, milliseconds } from './figure.ts'
import { serve } from './server.ts'
import { read } from './shots.ts'

/** How late an answer is asked to come, in milliseconds. */
const ASKED = 20

const COLD = 20

/** How far an injected latency strays from what was asked, request after request, beside a bare server with a timer before its answer. */
export async function lateness({ amount }: Effort): Promise<Figure[]> {
  const scenario = { name: 'late', story: 'Answers late.', rules: [{ when: { service: 'user' }, inject: [{ fault: 'latency', ms: ASKED }] }] }
  const reply = { method: 'GET', status: 200, headers: ['content-type', 'application/json'], body: '{}' }
  const [ours, bare] = [
    await serve('dist/bench/suite.js', { services: ['user'], scenarios: [scenario] }),
    await serve('dist/bench/bare.js', { replies: [reply], ready: true, delay: ASKED }),
  ]
  const strayed = await inTurn([read(ours.urls).url, bare.urls.url as string], Math.max(20, amount / 50))
  await Promise.all([ours.stop(), bare.stop()])
  const beside = (of: (values: readonly number[]) => number) => strayed.map((values) => milliseconds(of(values))).join(', a bare timer ')
  return [
    { what: `latency of ${ASKED} ms, at the client: median of what comes on top`, measured: beside(median), must: '', aim: '' },
    { what: `latency of ${ASKED} ms, at the client: p99 of how far it strays`, measured: beside(p99), must: '', aim: '' },
  ]
}

const p99 = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN

/** How far each request strays, one after the other and each address in its turn; the first few are left out: code and connections are cold. */
async function inTurn(urls: readonly string[], requests: number): Promise<number[][]> {
  const agent = new http.Agent({ keepAlive: true })
  const strayed = urls.map((): number[] => [])
  for (let n = -COLD; n < requests; n += 1) {
    for (const [at, url] of urls.entries()) {
      const stray = Math.abs((await duration(url, agent)) - ASKED)
      if (n >= 0) strayed[at]?.push(stray)
    }
  }
  agent.destroy()
  return strayed
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
