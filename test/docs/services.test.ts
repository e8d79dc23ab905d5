import { test } from 'vitest'
import { control } from '../../contracts/control.ts'
import type { AuthScheme } from '../../contracts/kit/auth.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { openapi } from '../../contracts/kit/openapi.ts'
import { contracts } from '../../contracts/services.ts'
import { code, codes, expectPart, tableOf } from './generated.ts'

const all: readonly Contract[] = [...Object.values(contracts), control]

test('docs/services.md names every service, where it listens and what its clients read', () => {
  const rows = all.map(({ service, title, port, host, env, operations }) => {
    return [`[${service}](#${service})`, title, code(port), code(host), codes(Object.keys(env)), String(Object.keys(operations).length)]
  })
  expectPart('docs/services.md', 'addresses', tableOf(['service', 'title', 'port', 'DNS name', 'variables', 'operations'], rows))
})

test('docs/services.md names every operation, how it is opened, what it answers and who says so', () => {
  expectPart('docs/services.md', 'operations', all.flatMap(section))
})

function section(contract: Contract): string[] {
  const { paths } = openapi([contract], { version: '0' })
  const answers = new Map(Object.values(paths).flatMap((methods) => Object.values(methods).map((one) => [one.operationId, Object.keys(one.responses)])))
  const rows = Object.entries(contract.operations).map(([name, { method, path, details }]) => {
    const { auth, evidence, source } = details()
    const scheme = auth ?? contract.auth
    return [
      code(`${method} ${path}`),
      code(name),
      scheme ? told(scheme) : 'none',
      answers.get(`${contract.service}.${name}`)?.join(' ') ?? '',
      evidence,
      source,
    ]
  })
  return [`### ${contract.service}`, '', ...tableOf(['request', 'operation', 'auth', 'answers', 'evidence', 'source'], rows), '']
}

function told(scheme: AuthScheme): string {
  switch (scheme.kind) {
    case 'key':
      return code(scheme.header)
    case 'bearer':
      return '`Bearer`'
    case 'token':
      return scheme.needs === undefined ? 'signed `Bearer`' : `signed \`Bearer\` with ${code(scheme.needs)}`
    case 'any':
      return scheme.schemes.map(told).join(' or ')
    case 'all':
      return scheme.schemes.map(told).join(' and ')
    case 'lenient':
      return `(${told(scheme.scheme)})`
  }
}
