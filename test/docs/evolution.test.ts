import { test } from 'vitest'
import { type EvolutionRule, type Hurt, hurtOf, RULES } from '../../contracts/drift/evolution/rules.ts'
import { code, expectPart, tableOf } from './generated.ts'

/** How much a rule hurts, where that is not always the same. */
function told(rule: EvolutionRule, direction: 'request' | 'reply'): string {
  const hurt: Hurt | null = RULES[rule][direction]
  const severity = (read: boolean, status: string | null) => hurtOf(rule, direction, { read, status })
  switch (hurt) {
    case null:
      return '–'
    case 'read':
      return `${severity(true, '200')} where it is read, ${severity(false, '200')} elsewhere`
    case 'success':
      return `${severity(true, '200')} for a 2xx, ${severity(true, '404')} for any other`
    case 'trouble':
      return `${severity(true, '500')} for a 5xx, ${severity(true, '404')} for any other`
    default:
      return severity(false, null)
  }
}

test('the page of drift lists every rule of contracts diff and how much it hurts in which direction', () => {
  const rows = (Object.keys(RULES) as EvolutionRule[]).map((rule) => [code(rule), RULES[rule].summary, told(rule, 'request'), told(rule, 'reply')])
  expectPart('docs/drift.md', 'evolution', tableOf(['rule', 'something …', 'in what is sent', 'in what comes'], rows))
})
