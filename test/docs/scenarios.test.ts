import { readFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { expect, test } from 'vitest'
import type { Contract } from '../../contracts/kit/contract.ts'
import { contracts } from '../../contracts/services.ts'
import { listed } from '../../scenarios/kit/asked.ts'
import { listLibrary } from '../../scenarios/kit/library.ts'
import { readScenario } from '../../scenarios/kit/load.ts'
import { type Rule, rulesOf } from '../../scenarios/kit/scenario.ts'
import { root } from '../house/files.ts'
import { code, codes, expectPart, tableOf } from './generated.ts'

const page = 'docs/scenarios.md'
const stage = { contracts: Object.values(contracts) as Contract[] }
const library = listLibrary().map(({ name, file }) => ({ name, file: relative(root, file), scenario: readScenario(readFileSync(file, 'utf8'), file, stage) }))

test('docs/scenarios.md tells every story of the library', () => {
  expect(library.length).toBeGreaterThan(20)
  const folders = [...new Set(library.map(folderOf))]
  const section = (folder: string) => tableOf(['scenario', 'story', 'strikes', 'with'], library.filter((one) => folderOf(one) === folder).map(row))
  expectPart(
    page,
    'library',
    folders.flatMap((folder) => [`## ${folder}`, '', ...section(folder), '']),
  )
})

const folderOf = ({ file }: { file: string }): string => basename(dirname(file))

function row({ name, file, scenario }: (typeof library)[number]): string[] {
  const rules = rulesOf(scenario).map(({ rule }) => rule)
  const faults = new Set(rules.flatMap(({ inject }) => inject.map(({ fault }) => fault)))
  return [`[${name}](../${file})`, scenario.story.trim(), [...new Set(rules.map(struck))].join(', '), codes([...faults])]
}

/** `alert`, `marketplace.verifyExecutionToken`, `everything`. */
function struck({ when: { service, operation, callback } }: Rule): string {
  const services = service === undefined ? [] : listed(service)
  if (services.length === 0) return operation === undefined ? 'everything' : codes(listed(operation))
  const names = operation === undefined ? services : services.flatMap((one) => listed(operation).map((name) => `${one}.${name}`))
  return `${names.map(code).join(', ')}${callback === true ? ' (callbacks)' : ''}`
}
