const KIT: Readonly<Record<string, readonly string[]>> = {
  './kit/auth.ts': ['allOf', 'anyOf', 'apiKey', 'bearerToken', 'lenient'],
  './kit/contract.ts': ['defineContract', 'del', 'get', 'once', 'patch', 'post', 'put'],
  './kit/fastapi.ts': ['fastapi', 'py'],
  './kit/problem-json.ts': ['problemJson'],
  './kit/wiremock.ts': ['wiremock'],
}

/** The lines that bring what a contract uses, in the order in which the linter wants them. */
export function printImports(used: ReadonlySet<string>, from: 'package' | 'kit'): string {
  const zod = used.has('z') ? ["import * as z from 'zod'"] : []
  const wanted = Object.entries(KIT).map(([file, names]) => [file, names.filter((name) => used.has(name))] as const)
  if (from === 'package') return [statement('mock-suite/contracts', wanted.flatMap(([, names]) => names).sort()), ...zod].join('\n')
  return [...zod, ...wanted.filter(([, names]) => names.length > 0).map(([file, names]) => statement(file, names))].join('\n')
}

const statement = (from: string, names: readonly string[]): string => `import { ${names.join(', ')} } from '${from}'`
