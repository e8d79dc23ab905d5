import type { ScenarioInput } from '../../../scenarios/kit/scenario.ts'
import type { Mapping } from './mapping.ts'
import type { Asking } from './operations.ts'

type Rule = NonNullable<ScenarioInput['rules']>[number]

/** The delays and faults of the mappings, a rule for each; nothing if there are none. */
export function scenarioOf(service: string, operations: readonly Asking[], note: (text: string) => void): ScenarioInput | undefined {
  const stormy = new Map<Mapping, Asking[]>()
  for (const asking of operations) {
    for (const { mapping } of asking.branches) if (mapping.weather !== undefined) stormy.set(mapping, [...(stormy.get(mapping) ?? []), asking])
  }
  if (stormy.size === 0) return undefined
  const rules = [...stormy].map(([mapping, askings]) => ruleOf(service, mapping, askings, note))
  return {
    name: `${service.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-as-in-wiremock`,
    story:
      `The replies of ${service} come as late, and break in the same places, as WireMock's mappings had it. ` +
      'A good client waits no longer than its own deadline, and sends again only what may be sent twice.',
    rules,
  }
}

function ruleOf(service: string, mapping: Mapping, askings: readonly Asking[], note: (text: string) => void): Rule {
  const { request, weather, at } = mapping
  const names = askings.map(({ name }) => name)
  const query = Object.entries(request.queryParameters ?? {}).flatMap(([name, pattern]) =>
    'equalTo' in pattern && pattern.equalTo !== undefined ? [[name, pattern.equalTo] as const] : [],
  )
  const asked = Object.keys(request).filter((name) => !/^(?:method|url|urlPath|urlPathPattern|urlPathTemplate)$/.test(name)).length
  const carried = query.length > 0 && query.length === Object.keys(request.queryParameters ?? {}).length ? 1 : 0
  const alone = askings.every(({ branches }) => branches.length === 1)
  if (asked > carried || (!alone && carried === 0))
    note(`${at}: its delay or fault strikes all requests of ${names.join(', ')}; narrow \`when\` in the scenario.`)
  return {
    when: { service, operation: names.length === 1 ? (names[0] as string) : names, ...(query.length === 0 ? {} : { query: Object.fromEntries(query) }) },
    inject: [...(weather ?? [])],
  }
}
