import { explanationText, type Tone } from '../../contracts/kit/explain/explanation-text.ts'
import type { Explanation } from '../../contracts/kit/explanation.ts'
import { visibleLines } from '../../contracts/kit/visible.ts'
import type { Terminal } from '../kit/terminal.ts'

const STYLES = { good: 'green', bad: 'red', quiet: 'dim' } as const satisfies Record<Tone, string>

/** Why a request was refused, in colour where it is seen. */
export function explanationReport(explanation: Explanation, { paint }: Pick<Terminal, 'paint'>, indent = ''): string {
  return explanationText(shown(explanation), (tone, text) => paint(STYLES[tone], text))
    .split('\n')
    .map((line) => indent + line)
    .join('\n')
}

/** Names and values are a client's own: none of them is to reach the terminal as a command. */
function shown<Value>(value: Value): Value {
  if (typeof value === 'string') return visibleLines(value) as Value
  if (Array.isArray(value)) return value.map(shown) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(member)])) as Value
}
