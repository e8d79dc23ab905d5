import { type Effort, type Figure, median, times } from './figure.ts'
import { type Shot, shoot } from './load.ts'
import { type Server, serve } from './server.ts'
import { ask, read, write } from './shots.ts'

/** Server CPU and p99 of a full-duty read and write, beside bare node:http that reads and writes the same bytes. */
export async function duty(effort: Effort): Promise<Figure[]> {
  const suite = await serve('dist/bench/suite.js', { services: ['user', 'alert', 'marketplace'] })
  try {
    return [
      ...(await beside(suite, read(suite.urls), 'GET', effort)),
      ...(await beside(suite, ask(suite.urls), 'POST', effort)),
      ...(await beside(suite, write(suite.urls), 'POST that writes three records', effort)),
    ]
  } finally {
    await suite.stop()
  }
}

async function beside(suite: Server, shot: Shot, name: string, { amount, rounds }: Effort): Promise<Figure[]> {
  const replies = [await sampleOf(shot)]
  const [bare, ready] = [await serve('dist/bench/bare.js', { replies, ready: false }), await serve('dist/bench/bare.js', { replies, ready: true })]
  const at = (server: Server) => ({ ...shot, url: server.urls.url as string })
  await shoot(suite, shot, amount)
  for (const server of [bare, ready]) await shoot(server, at(server), amount)
  const ratios: { cpu: number; ready: number; p99: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const ours = await shoot(suite, shot, amount)
    const theirs = await shoot(bare, at(bare), amount)
    const least = await shoot(ready, at(ready), amount)
    ratios.push({ cpu: ours.cpu / theirs.cpu, ready: ours.cpu / least.cpu, p99: ours.p99 / Math.max(theirs.p99, 1) })
  }
  await Promise.all([bare.stop(), ready.stop()])
  const middle = (of: keyof (typeof ratios)[number]) => times(median(ratios.map((ratio) => ratio[of])))
  return [
    { what: `server CPU per ${name}, full duty, 50 connections`, measured: `${middle('cpu')} bare`, must: '≤ 1.50 ×', aim: '≤ 1.25 ×' },
    { what: `the same beside a server that sends ready-made bytes`, measured: middle('ready'), must: '', aim: '' },
    { what: `p99 of a ${name} at 50 connections`, measured: `${middle('p99')} bare`, must: '≤ 2.00 ×', aim: '' },
  ]
}

/** The reply of the fake, for the bare server to send. */
export async function sampleOf({ url, method = 'GET', headers = {}, body }: Shot) {
  const reply = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
  return { method, status: reply.status, headers: [...reply.headers].flat(), body: await reply.text() }
}
