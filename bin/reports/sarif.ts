import { pathToFileURL } from 'node:url'
import { visible, visibleLines } from '../../contracts/kit/visible.ts'
import type { Outcome, Result, Rule } from './result.ts'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** SARIF 2.1.0: what code scanning reads. What somebody accepted stays in it, suppressed. */
export function sarif({ name, rules, results }: Outcome, { version }: { version: string }): string {
  const driver = { name: `mock-suite ${name}`, version, semanticVersion: version, rules: rules.map(described) }
  const indexes = new Map(rules.map(({ id }, index) => [id, index]))
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results: results.map((result) => located(result, indexes.get(result.rule))) }],
  }
  return JSON.stringify(log, undefined, 2)
}

function described({ id, summary, help }: Rule): object {
  return { id, shortDescription: { text: summary }, help: { text: help, markdown: help } }
}

function located({ id, rule, level, title, message, where, accepted, properties }: Result, ruleIndex: number | undefined): object {
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level,
    message: { text: visibleLines(`${title}\n${message}`) },
    ...(where === undefined
      ? {}
      : { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(where.file) }, region: { startLine: Math.max(1, where.line) } } }] }),
    partialFingerprints: { 'mockSuiteFinding/v1': id },
    ...(accepted === undefined ? {} : { suppressions: [{ kind: 'external', status: 'accepted', justification: accepted }] }),
    properties,
  }
}

/** A relative reference where the file is within the repository; its first step must not read as a scheme. */
function uriOf(file: string): string {
  if (/^(?:\/|\.\.(?:\/|$)|[a-z]:[\\/])/i.test(file)) return pathToFileURL(file).href
  const steps = file.replaceAll('\\', '/').split('/')
  return steps.map((step) => encodeURIComponent(visible(step))).join('/')
}
