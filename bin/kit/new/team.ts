import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join, relative } from 'node:path'
import type { LoadedConfiguration } from '../configuration/held.ts'
import { addServiceLine } from './add-service-line.ts'
import type { ByHand, Change, Draft, Planned } from './draft.ts'
import { contractDraft } from './drafts/contract.ts'
import { mockDraft } from './drafts/mock.ts'
import { scenarioDraft } from './drafts/scenario.ts'
import { key, testDraft } from './drafts/test.ts'

/** A service in a repository of a team's own: its files beside the configuration file, and a line in it. */
export function teamChanges(draft: Draft, file: LoadedConfiguration | undefined, cwd: string): Planned {
  const { service } = draft
  const home = file === undefined ? cwd : dirname(file.file)
  const place = (path: string) => relative(cwd, join(home, path))
  const created = (path: string, text: string): Change => ({ path: place(path), text, what: 'created' })
  const scenarios = file?.scenarios[0] === undefined ? 'scenarios' : relative(home, file.scenarios[0])
  const story = join(scenarios, service)
  const schema = join(relative(story, '.'), 'node_modules/mock-suite/scenarios/kit/scenario.schema.json')
  const files = [
    created(`contracts/${service}.ts`, contractDraft(draft, 'team')),
    created(`mocks/${service}.ts`, mockDraft(draft, 'team')),
    created(join(story, `${service}-down.yaml`), scenarioDraft(draft, schema)),
    created(`test/${service}.test.ts`, testDraft(draft, 'team', scenarios)),
  ]
  const missing = ['mock-suite', 'zod', 'vitest'].filter((name) => !isInstalled(name, home))
  const next = [
    ...(missing.length === 0 ? [] : [`npm install --save-dev ${missing.join(' ')}`]),
    `npx vitest run ${place(`test/${service}.test.ts`)}`,
    `npx mock-suite start ${service}`,
  ]
  if (file === undefined) return { changes: [...files, created('mock-suite.config.ts', configurationDraft(draft))], byHand: null, next }
  return { changes: files, byHand: null, next, ...lineIn(file, draft, relative(cwd, file.file), files) }
}

/** The line of the configuration file, or what somebody must do about it. */
function lineIn(file: LoadedConfiguration, { service, identifier }: Draft, path: string, files: readonly Change[]): Partial<Planned> {
  const mock = `${identifier}Mock`
  const lines = { import: `import { ${mock} } from './mocks/${service}.ts'`, member: `${key(service)}: ${mock}` }
  const scenarios = file.scenarios.length === 0 ? ["scenarios: './scenarios'"] : []
  const byHand = (why: string): ByHand => ({ path, lines: [lines.import, `services: { ${lines.member} }`, ...scenarios], why })
  if (!/^\.[cm]?[jt]s$/.test(extname(file.file))) return { byHand: byHand('services are code, and belong into a configuration in TypeScript or JavaScript') }
  const text = addServiceLine(readFileSync(file.file, 'utf8'), { ...lines, name: mock, others: scenarios })
  if (text === undefined) return { byHand: byHand('where its services are listed cannot be told for certain') }
  const expected = [...Object.keys(file.services), service]
  const holds = async () => {
    const found = Object.keys((await file.reload()).services)
    return found.length === expected.length && expected.every((name) => found.includes(name))
  }
  return {
    changes: [...files, { path, text, what: 'changed' }],
    proven: { path, byHand: byHand('with these lines it does not say what it should'), holds },
  }
}

const configurationDraft = ({ service, identifier }: Draft): string => `import { defineConfig } from 'mock-suite'
import { ${identifier}Mock } from './mocks/${service}.ts'

export default defineConfig({
  services: { ${key(service)}: ${identifier}Mock },
  scenarios: './scenarios',
})
`

/** By its folder: what a package lets others import says nothing of whether it is there. */
const isInstalled = (name: string, home: string): boolean =>
  (createRequire(join(home, 'package.json')).resolve.paths(name) ?? []).some((folder) => existsSync(join(folder, name)))
