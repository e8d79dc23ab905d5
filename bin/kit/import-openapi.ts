import { basename } from 'node:path'
import { fromOpenApi } from '../../contracts/draft/from-openapi.ts'
import { defineCommand } from './command.ts'
import { importFlags } from './import-flags.ts'
import { readImport } from './read-import.ts'
import { serviceName } from './service-name.ts'
import { draftInfo, writeDraft } from './write-draft.ts'

/** From what FastAPI serves at /openapi.json, or whatever else says OpenAPI 3. */
export const importOpenapi = defineCommand({
  flags: importFlags,
  output: draftInfo,
  args: [{ name: 'file', names: 'file', summary: 'an OpenAPI 3.0 or 3.1 document, in JSON or YAML' }],
  examples: ['mock-suite import openapi openapi.json --service orders --port 8123 --out contracts/'],
  run({ flags, args: [file = ''], terminal }) {
    const draft = fromOpenApi(readImport(file), { source: basename(file), service: serviceName(flags.service), port: flags.port })
    writeDraft(draft, flags, terminal)
    return undefined
  },
})
