import { type Code, call } from './code.ts'
import type { DraftAuth, DraftContract, DraftOperation } from './draft.ts'
import { constantCase, identifier } from './identifier.ts'
import { literal } from './literal.ts'
import type { Statement } from './print-shapes.ts'

export interface PrintedAuth {
  statements: readonly Statement[]
  /** What the contract as a whole asks for, if most of its operations do. */
  contract: Code | undefined
  /** What one operation says of it; nothing where the contract has said it. */
  of(operation: DraftOperation): Code | undefined
}

/** Each credential has a name; what most operations want is said once. */
export function printAuth({ service, operations }: DraftContract, name: (wanted: string) => string): PrintedAuth {
  const credentials = new Map<string, { name: string; code: Code }>()
  const ways = new Map<string, number>()
  for (const { auth } of operations) {
    if (auth === undefined) continue
    ways.set(JSON.stringify(auth), (ways.get(JSON.stringify(auth)) ?? 0) + 1)
    for (const one of leaves(auth))
      if (!credentials.has(keyOf(one))) credentials.set(keyOf(one), { name: name(nameOf(one)), code: credentialCode(one, service) })
  }
  const usual = [...ways].find(([, times]) => times * 2 > operations.length)?.[0]
  const refer = (auth: DraftAuth): Code => {
    if (auth.kind === 'lenient') return call('lenient', refer(auth.of))
    if (auth.kind === 'any' || auth.kind === 'all') return call(auth.kind === 'any' ? 'anyOf' : 'allOf', ...auth.of.map(refer))
    return credentials.get(keyOf(auth))?.name ?? 'undefined'
  }
  return {
    statements: [...credentials.values()].map(({ name, code }) => ({ before: `const ${name} = `, code })),
    contract: usual === undefined ? undefined : refer(JSON.parse(usual) as DraftAuth),
    of({ auth }) {
      if (auth === undefined) return usual === undefined ? undefined : literal(false)
      return JSON.stringify(auth) === usual ? undefined : refer(auth)
    },
  }
}

type Credential = Extract<DraftAuth, { kind: 'key' | 'bearer' }>

function leaves(auth: DraftAuth): Credential[] {
  switch (auth.kind) {
    case 'any':
    case 'all':
      return auth.of.flatMap(leaves)
    case 'lenient':
      return leaves(auth.of)
    default:
      return [auth]
  }
}

const keyOf = (auth: Credential): string => (auth.kind === 'key' ? `key ${auth.header.toLowerCase()}` : 'bearer')
const nameOf = (auth: Credential): string => (auth.kind === 'key' ? identifier(auth.header, 'key') : 'bearer')

/** The secret is named after the service; the world has its value. */
function credentialCode(auth: Credential, service: string): Code {
  const prefix = constantCase(service) || 'DRAFTED'
  if (auth.kind === 'bearer') return call('bearerToken', literal({ secret: `${prefix}_TOKEN` }))
  return call('apiKey', literal({ header: auth.header, secret: `${prefix}_${constantCase(auth.header.replace(/^x-/i, '')) || 'KEY'}` }))
}
