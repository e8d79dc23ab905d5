import { type Effort, type Figure, median } from './figure.ts'
import { shoot } from './load.ts'
import { serve } from './server.ts'
import { read } from './shots.ts'

/** About the very read that is measured, so that every request is held against it. */
const armed = (rule: object) => ({
  services: ['user'],
  scenarios: [{ name: 'armed', story: 'Never strikes.', rules: [{ ...rule, inject: [{ fault: 'reset' }] }] }],
})

const VARIANTS = {
  'services 1 → all': {},
  'lanes 1 → 16': { services: ['user'], lanes: 16 },
  'records 10 → 100,000': { services: ['user'], records: { table: 'world.users', count: 100_000 } },
  'journal 1 → 10,000 entries': { services: ['user'], journalLimit: 10_000 },
  'no scenario → one that does not match': armed({ when: { service: 'user', headers: { 'x-request-id': { matches: '^never$' } } } }),
  'no scenario → one at chance 0': armed({ when: { service: 'user' }, chance: 0 }),
}

/** What a read costs more when there is more of everything around it. */
export async function slope({ amount, rounds }: Effort): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, options] of Object.entries(VARIANTS)) {
    const [small, large] = [
      await serve('dist/bench/suite.js', { services: ['user'], journalLimit: name.startsWith('journal') ? 1 : 10_000 }),
      await serve('dist/bench/suite.js', options),
    ]
    for (const server of [small, large]) await shoot(server, read(server.urls), amount)
    const ratios: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const [few, many] = [await shoot(small, read(small.urls), amount), await shoot(large, read(large.urls), amount)]
      ratios.push(many.cpu / few.cpu)
    }
    await Promise.all([small.stop(), large.stop()])
    figures.push({
      what: `slope of a GET: ${name}`,
      measured: `${((median(ratios) - 1) * 100).toFixed(1)} %`,
      must: name.startsWith('no scenario') ? '≤ 3 %' : '± 5 %',
      aim: name.startsWith('no scenario') ? '' : '± 3 %',
    })
  }
  return figures
}
