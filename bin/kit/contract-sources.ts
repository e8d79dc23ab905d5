import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { WrittenContract } from '../../contracts/drift/propose/written-contract.ts'

/** The contracts as they are written below the working folder: `contracts/alert.ts`, `contracts/alert/`; none where they are installed as a package. */
export function contractSources(services: readonly string[]): Map<string, WrittenContract> {
  return new Map(services.map((service) => [service, new WrittenContract(filesOf(service).map((file) => ({ file, text: readFileSync(file, 'utf8') })))]))
}

function filesOf(service: string): string[] {
  const [file, folder] = [`contracts/${service}.ts`, `contracts/${service}`]
  const inside = isThere(folder) ? (readdirSync(folder) as string[]).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name)) : []
  return [...(isThere(file) ? [file] : []), ...inside]
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined
