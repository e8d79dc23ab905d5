import { listed } from './asked.ts'
import { spell } from './duration.ts'
import { faultOf } from './playing.ts'
import { type During, type Rule, rulesOf, type Scenario } from './scenario.ts'
import type { Expected, When } from './when.ts'

/** A scenario at a glance. */
export interface ToldScenario {
  name: string
  story: string
  /** What its rules name; empty when they are about all. */
  services: string[]
  faults: string[]
}

export function tellScenario(scenario: Scenario): ToldScenario {
  const rules = rulesOf(scenario).map(({ rule }) => rule)
  return {
    name: scenario.name,
    story: scenario.story.trim(),
    services: [...new Set(rules.flatMap(({ when }) => listed(when.service ?? [])))],
    faults: [...new Set(rules.flatMap(({ inject }) => inject.map(({ fault }) => fault)))],
  }
}

/** A rule in words: `config.getConfig: after 2, 3 times, chance 0.5: answer 503`. */
export function tellRule(rule: Rule): string {
  return [
    tellWhen(rule.when),
    pace(rule).join(', '),
    toldFaults(rule)
      .map(({ told }) => told)
      .join(', '),
  ]
    .filter((part) => part !== '')
    .join(': ')
}

/** The faults of a rule in words, before chance has settled anything. */
export function toldFaults({ inject }: Rule): { fault: string; told: string }[] {
  return inject.map((injected) => ({ fault: injected.fault, told: faultOf(injected).explain(injected as never) }))
}

function tellWhen({ service, operation, method, path, query = {}, headers = {}, body = {}, callback }: When): string {
  const who = service === undefined ? '' : listed(service).join(' or ')
  const what = operation === undefined ? '' : listed(operation).join(' or ')
  return [
    `${callback === true ? 'callbacks of ' : ''}${[who, what].filter((part) => part !== '').join('.') || 'everything'}`,
    ...(method === undefined ? [] : [listed(method).join(' or ')]),
    ...(path === undefined ? [] : [path]),
    ...members('query', query),
    ...members('header', headers),
    ...members('body', body),
  ].join(', ')
}

function members(part: string, wanted: Readonly<Record<string, Expected>>): string[] {
  return Object.entries(wanted).map(([name, expected]) => `${part} ${name} ${tellExpected(expected)}`)
}

function tellExpected(expected: Expected): string {
  if (typeof expected !== 'object' || expected === null) return `is ${JSON.stringify(expected)}`
  const { matches, one_of: choices, exists } = expected
  return [
    ...(exists === undefined ? [] : [exists ? 'is there' : 'is not there']),
    ...(choices === undefined ? [] : [`is one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`]),
    ...(matches === undefined ? [] : [`matches /${matches}/`]),
  ].join(' and ')
}

function pace({ skip = 0, times, chance, during = {}, until }: Rule): string[] {
  return [
    ...(skip === 0 ? [] : [`after ${skip}`]),
    ...(times === undefined ? [] : [times === 1 ? 'once' : `${times} times`]),
    ...(chance === undefined ? [] : [`chance ${chance}`]),
    ...window(during),
    ...(until === undefined ? [] : [`until ${until.requests} requests`]),
  ]
}

function window({ after, for: open, every, ramp }: During): string[] {
  const words = [
    ...(after === undefined ? [] : [`from ${spell(after)} on`]),
    ...(open === undefined ? [] : [`for ${spell(open)}`]),
    ...(every === undefined ? [] : [`every ${spell(every)}`]),
    ...(ramp === undefined ? [] : [`rising for ${spell(ramp)}`]),
  ]
  return words.length === 0 ? [] : [words.join(' ')]
}
