import { transformSync } from 'esbuild'
import * as z from 'zod'
import * as library from '../../contracts/index.ts'
import type { Contract } from '../../contracts/kit/contract.ts'

/** The contract that printed TypeScript declares, had it been saved and imported. */
export function evaluated(printed: string): Contract {
  const { code } = transformSync(printed, { loader: 'ts', format: 'cjs' })
  const module = { exports: {} as Record<string, Contract> }
  const modules: Readonly<Record<string, unknown>> = { zod: z, 'mock-suite/contracts': library }
  new Function('module', 'exports', 'require', code)(module, module.exports, (name: string) => modules[name])
  const [contract] = Object.values(module.exports)
  if (contract === undefined) throw new Error(`nothing is exported by\n${printed}`)
  return contract
}
