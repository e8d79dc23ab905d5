import { type Effort, type Figure, megabytes } from './figure.ts'
import { shoot } from './load.ts'
import { serve } from './server.ts'
import { read, write } from './shots.ts'

/** Resident memory of all services: idle, after 100,000 requests, and after a million. */
export async function memory({ amount }: Effort): Promise<Figure[]> {
  const suite = await serve('dist/bench/suite.js', {})
  const idle = suite.memory()
  const after = async (requests: number) => {
    await shoot(suite, read(suite.urls), requests / 2)
    await shoot(suite, write(suite.urls), requests / 2)
    return suite.memory()
  }
  const hundred = await after(amount * 10)
  const more = await after(amount * 90)
  await suite.stop()
  const told = (amount * 10).toLocaleString('en')
  return [
    { what: 'memory, all services, idle', measured: megabytes(idle), must: '≤ 80 MB', aim: '≤ 65 MB' },
    { what: `memory after ${told} requests, half of them writes`, measured: megabytes(hundred), must: '≤ 150 MB', aim: '≤ 110 MB' },
    { what: `memory after ${(amount * 100).toLocaleString('en')} requests`, measured: megabytes(more), must: 'flat', aim: '' },
  ]
}
