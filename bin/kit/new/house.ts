import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { UsageError } from '../usage-error.ts'
import { addIndexLine } from './add-index-line.ts'
import type { Change, Draft, Planned } from './draft.ts'
import { contractDraft } from './drafts/contract.ts'
import { mockDraft } from './drafts/mock.ts'
import { scenarioDraft } from './drafts/scenario.ts'
import { key, outageDraft, testDraft } from './drafts/test.ts'

/** Our own repository, if this folder lies in it. */
export function houseAbove(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest)) return isOurs(manifest) && existsSync(join(folder, 'contracts/services.ts')) ? folder : undefined
    if (folder === dirname(folder)) return undefined
  }
}

/**
 * The files that the house's tests want of a service, and a line in each index.
 *
 * @throws UsageError for a name that a kit speaks of: no kit may name a service.
 */
export function houseChanges(draft: Draft, root: string): Planned {
  checkUnspoken(draft.service, root)
  const { service, identifier } = draft
  const place = (path: string) => relative(process.cwd(), join(root, path))
  const created = (path: string, text: string): Change => ({ path: place(path), text, what: 'created' })
  const changed = (path: string, change: (text: string) => string): Change => ({
    path: place(path),
    text: change(readFileSync(join(root, path), 'utf8')),
    what: 'changed',
  })
  return {
    changes: [
      created(`contracts/${service}.ts`, contractDraft(draft, 'house')),
      created(`mocks/${service}.ts`, mockDraft(draft, 'house')),
      created(`scenarios/${service}/${service}-down.yaml`, scenarioDraft(draft, '../kit/scenario.schema.json')),
      created(`test/services/${service}.test.ts`, testDraft(draft, 'house')),
      created(`test/scenarios/library/${service}.test.ts`, outageDraft(draft)),
      changed('contracts/services.ts', (text) => addIndexLine(text, { module: `./${service}.ts`, name: identifier, key: key(service) })),
      changed('mocks/services.ts', (text) => addIndexLine(text, { module: `./${service}.ts`, name: `${identifier}Mock`, key: key(service) })),
    ],
    byHand: null,
    next: [
      `npx vitest run test/services/${service}.test.ts test/scenarios/library/${service}.test.ts test/house test/contracts`,
      'UPDATE_DOCS=1 npx vitest run test/docs',
      'npm run build',
      `node dist/bin/mock-suite.js start ${service}`,
    ],
  }
}

function checkUnspoken(service: string, root: string): void {
  const word = new RegExp(`['"\`]${service}['"\`]`)
  for (const kit of ['contracts/kit', 'scenarios/kit', 'mocks/kit'])
    for (const { path, text } of sourcesIn(root, kit))
      if (word.test(text)) throw new UsageError(`${service}: ${path} has that word, and no file of a kit names a service. Choose another name`)
}

/** What the contracts say as they are written: the program may be older than they are. */
export const portsWritten = (root: string): number[] =>
  sourcesIn(root, 'contracts').flatMap(({ text }) => [...text.matchAll(/^ {2}port: (\d+),$/gm)].map(([, port]) => Number(port)))

const sourcesIn = (root: string, folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path: join(folder, path), text: readFileSync(join(root, folder, path), 'utf8') }))

const isOurs = (manifest: string): boolean => (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'mock-suite'
