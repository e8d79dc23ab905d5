import { test } from 'vitest'
import type { Contract } from '../../contracts/kit/contract.ts'
import { contracts } from '../../contracts/services.ts'
import { code, codes, expectPart, tableOf } from './generated.ts'

test('the README names every fake, where it listens and what its clients read', () => {
  const rows = (Object.values(contracts) as Contract[]).map(({ title, port, host, env, operations }) => {
    return [title, code(port), code(host), codes(Object.keys(env)), String(Object.keys(operations).length)]
  })
  expectPart('README.md', 'neighbours', tableOf(['service', 'port', 'DNS name', 'variables', 'operations'], rows))
})
