import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { importWireMock, type WireMockDraft } from '../../mocks/draft/wiremock/import-wiremock.ts'
import { writeYaml } from '../../scenarios/kit/yaml.ts'
import { defineCommand } from './command.ts'
import { text, toggle, whole } from './flag.ts'
import { readMappings } from './read-mappings.ts'
import { serviceName } from './service-name.ts'
import { UsageError } from './usage-error.ts'
import { writeFile } from './write-draft.ts'

/** The port that WireMock itself takes. */
const PORT = 8080

/** From WireMock's mapping files: a contract, a mock that answers the same, and a scenario of their delays and faults. */
export const importWiremock = defineCommand({
  flags: {
    service: text('what to call the service, e.g. ticker', { value: 'NAME', initial: undefined, shown: 'after the folder' }),
    port: whole('the port of the fake', { value: 'N', min: 1, max: 65_535, initial: PORT }),
    out: text('a folder for contracts/, mocks/ and scenarios/', { value: 'DIR', initial: undefined, shown: 'standard output' }),
    force: toggle('write over files that are there'),
    inside: toggle('import from ./kit/, for a service in mock-suite’s own folders'),
    'global-response-templating': toggle('every reply is a template, as WireMock takes it under this flag'),
  },
  output: () =>
    z.strictObject({
      service: z.string(),
      port: z.int(),
      operations: z.int(),
      mappings: z.int(),
      /** What it leaves out. */
      notes: z.array(z.string()),
      /** By file. */
      texts: z.record(z.string(), z.string()).optional(),
      /** Those that were written. */
      files: z.array(z.string()).optional(),
    }),
  args: [{ name: 'path', names: 'file', summary: "WireMock's root folder, its mappings folder, or mapping files", many: true }],
  examples: ['mock-suite import wiremock test/mocks/ticker-service --service ticker --port 8089 --out .'],
  run({ flags, args, terminal }) {
    const { files, file, folder } = readMappings(args)
    const service = serviceName(flags.service) ?? named(folder || resolve(args[0] ?? '.'))
    const draft = importWireMock({
      files,
      file,
      service,
      port: flags.port,
      templating: flags['global-response-templating'],
      imports: flags.inside ? 'kit' : 'package',
    })
    const texts = textsOf(draft, service, flags.inside)
    const written = flags.out === undefined ? [] : write(texts, flags.out, flags.force)
    const { operations, mappings, notes } = draft
    if (flags.json)
      terminal.print(terminal.json({ service, port: flags.port, operations, mappings, notes, ...(flags.out === undefined ? { texts } : { files: written }) }))
    else if (flags.out === undefined) terminal.print(Object.values(texts).join('\n').trimEnd())
    for (const note of notes) terminal.tell(`note: ${note}`)
    for (const one of written) terminal.tell(`wrote ${one}`)
    return undefined
  },
})

/** `test/mocks/ticker-service` is about `ticker`. */
function named(folder: string): string {
  const name = folder
    .replace(/^.*\//, '')
    .toLowerCase()
    .replace(/[-_]?(?:service|wiremock|mocks?)$/, '')
    .replaceAll(/[^a-z\d]+/g, '-')
    .replace(/^[\d-]+|-+$/g, '')
  if (name !== '') return name
  throw new UsageError(`the folder ${JSON.stringify(folder)} does not say what the service is called. Give --service`)
}

/** Where editors find the language of scenarios, from the folder of a service. */
const LANGUAGE = '# yaml-language-server: $schema=../kit/scenario.schema.json\n'

function textsOf({ contract, mock, scenario }: WireMockDraft, service: string, inside: boolean): Record<string, string> {
  return {
    [`contracts/${service}.ts`]: contract,
    [`mocks/${service}.ts`]: mock,
    ...(scenario === undefined ? {} : { [`scenarios/${service}/${scenario.name}.yaml`]: (inside ? LANGUAGE : '') + writeYaml(scenario) }),
  }
}

/** All of them or none. */
function write(texts: Readonly<Record<string, string>>, out: string, force: boolean): string[] {
  const files = Object.entries(texts).map(([name, content]) => ({ file: join(out, name), content }))
  const there = files.find(({ file }) => !force && existsSync(file))
  if (there !== undefined) throw new UsageError(`${there.file} is there already. Give another --out, or --force to write over it`)
  for (const { file, content } of files) writeFile(file, content, force)
  return files.map(({ file }) => file)
}
