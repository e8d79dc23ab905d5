import { type Effort, type Figure, median, times } from './figure.ts'
import { type Shot, shoot } from './load.ts'
import { type Server, serve } from './server.ts'
import { read, write } from './shots.ts'

/** Server CPU and p99 of a full-duty read and write, beside bare node:http that reads and writes the same bytes. */
export async function duty(effort: Effort): Promise<Figure[]> {
  const suite = await serve('dist/bench/suite.js', { services: ['user', 'alert'] })
  try {
    return [...(await beside(suite, read(suite.urls), 'GET', effort)), ...(await beside(suite, write(suite.urls), 'POST', effort))]
  } finally {
    await suite.stop()
  }
}

async function beside(suite: Server, shot: Shot, name: string, { amount, rounds }: Effort): Promise<Figure[]> {
  const bare = await serve('dist/bench/bare.js', [await sampleOf(shot)])
  const same = { ...shot, url: bare.urls.url as string }
  await shoot(suite, shot, amount)
  await shoot(bare, same, amount)
  const cpu: number[] = []
  const p99: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const [ours, theirs] = [await shoot(suite, shot, amount), await shoot(bare, same, amount)]
    cpu.push(ours.cpu / theirs.cpu)
    p99.push(ours.p99 / Math.max(theirs.p99, 1))
  }
  await bare.stop()
  return [
    { what: `server CPU per ${name}, full duty, 50 connections`, measured: `${times(median(cpu))} bare`, must: '≤ 1.50 ×', aim: '≤ 1.25 ×' },
    { what: `p99 of a ${name} at 50 connections`, measured: `${times(median(p99))} bare`, must: '≤ 2.00 ×', aim: '' },
  ]
}

/** The reply of the fake, for the bare server to send. */
async function sampleOf({ url, method = 'GET', headers = {}, body }: Shot) {
  const reply = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
  return { method, status: reply.status, headers: [...reply.headers].flat(), body: await reply.text() }
}
