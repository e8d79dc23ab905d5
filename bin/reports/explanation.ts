import { explanationText, type Tone } from '../../contracts/kit/explain/explanation-text.ts'
import type { Explanation } from '../../contracts/kit/explanation.ts'
import type { Terminal } from '../kit/terminal.ts'

const STYLES = { good: 'green', bad: 'red', quiet: 'dim' } as const satisfies Record<Tone, string>

/** Why a request was refused, in colour where it is seen. */
export function explanationReport(explanation: Explanation, { paint }: Pick<Terminal, 'paint'>, indent = ''): string {
  return explanationText(explanation, (tone, text) => paint(STYLES[tone], text))
    .split('\n')
    .map((line) => indent + line)
    .join('\n')
}
