import type { DraftContract, DraftOperation } from '../../../contracts/draft/draft.ts'
import { identifier } from '../../../contracts/draft/identifier.ts'
import { printContract } from '../../../contracts/draft/print.ts'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import type { ScenarioInput } from '../../../scenarios/kit/scenario.ts'
import { examplesOf } from './examples.ts'
import { isJson, type Json, jsonOf, type Mapping, readMapping } from './mapping.ts'
import { type Asking, operationsOf } from './operations.ts'
import { printMock } from './print-mock.ts'
import { responsesOf } from './responses.ts'
import { scenarioOf } from './scenario-of.ts'

export interface WireMockImport {
  /** Mapping files, in the order in which WireMock would read them. */
  files: readonly { name: string; text: string }[]
  /** A file of `__files`. */
  file(name: string): Buffer | undefined
  /** One word, in lower case. */
  service: string
  port: number
  /** WireMock ran with `--global-response-templating`. */
  templating?: boolean
  /** @default 'package' */
  imports?: 'package' | 'kit'
}

export interface WireMockDraft {
  /** TypeScript. */
  contract: string
  /** TypeScript. */
  mock: string
  /** What the mappings do to their replies on the way, if anything. */
  scenario: ScenarioInput | undefined
  operations: number
  mappings: number
  notes: readonly string[]
}

/** WireMock's mapping files as a contract and a mock that answers as they say. @throws MockSuiteError `bad-import` for what holds no mapping. */
export function importWireMock({ files, file, service, port, templating = false, imports = 'package' }: WireMockImport): WireMockDraft {
  const notes: string[] = []
  const note = (text: string) => void notes.push(text)
  const found = files.flatMap(({ name, text }) => mappingsIn(name, text))
  if (found.length === 0)
    throw new MockSuiteError('bad-import', 'could not find a mapping: a mapping file is JSON with a `request` and a `response`, or with a list of `mappings`.')
  const mappings = found.map(({ at, mapping }, order) => readMapping(mapping, { at, order, file, templating, note })).filter((one) => one !== undefined)
  const operations = operationsOf(mappings)
  if (operations.length === 0) throw new MockSuiteError('bad-import', `could not carry over a single mapping:\n${notes.map((one) => `  ${one}`).join('\n')}`)
  if (found.some(({ mapping }) => isUntyped(jsonOf(mapping.response)))) note(UNTYPED)
  for (const mapping of neverAsked(mappings, operations))
    note(`${mapping.at}: never answers, since another mapping stands before it that takes the same requests.`)
  const draft: DraftContract = {
    service,
    title: `${service.slice(0, 1).toUpperCase()}${service.slice(1)} service`,
    port,
    host: `${service}-service`,
    errors: 'wiremock',
    shapes: {},
    operations: operations.map(operationOf),
    notes: [...new Set(notes)],
  }
  return {
    contract: printContract(draft, { imports }),
    mock: printMock(operations, { contract: identifier(service, 'drafted'), imports }),
    scenario: scenarioOf(service, operations, note),
    operations: operations.length,
    mappings: mappings.length,
    notes: [...new Set(notes)],
  }
}

function mappingsIn(name: string, text: string): { at: string; mapping: Json }[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new MockSuiteError('bad-import', `could not read ${name}: ${error instanceof Error ? error.message : error}`)
  }
  if (!isJson(json)) return []
  if (Array.isArray(json.mappings)) return json.mappings.filter(isJson).map((mapping, at) => ({ at: `${name}, mapping ${at + 1}`, mapping }))
  return isJson(json.request) || isJson(json.response) ? [{ at: name, mapping: json }] : []
}

const UNTYPED = 'WireMock sends a jsonBody without a content type unless the mapping names one; the draft says application/json.'

function isUntyped({ jsonBody, headers }: Json): boolean {
  return jsonBody !== undefined && !Object.keys(jsonOf(headers)).some((name) => name.toLowerCase() === 'content-type')
}

function neverAsked(mappings: readonly Mapping[], operations: readonly Asking[]): Mapping[] {
  const asked = new Set(operations.flatMap(({ branches }) => branches.map(({ mapping }) => mapping)))
  return mappings.filter((mapping) => !asked.has(mapping))
}

function operationOf(asking: Asking): DraftOperation {
  const { name, method, path, own } = asking
  const responses = responsesOf(asking)
  const names = own.flatMap((mapping) => mapping.name ?? [])
  const says = `Answers ${responses.map(({ status }) => status).join(' or ')}, as ${own.length === 1 ? 'a mapping says' : `${own.length} mappings say`}.`
  return {
    name,
    method,
    path,
    summary: names.length === 0 ? says : `${names.join('; ')}.`,
    responses,
    evidence: 'test',
    source: own.map(({ at }) => at).join('; '),
    examples: examplesOf(asking),
  }
}
