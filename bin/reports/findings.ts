import type { Finding } from '../kit/examine.ts'
import type { Terminal } from '../kit/terminal.ts'

const MARKS = { good: ['green', '✓'], note: ['yellow', '!'], bad: ['red', '✗'] } as const

/** What a doctor found, a line each. */
export function findingsText(findings: readonly Finding[], { paint }: Pick<Terminal, 'paint'>): string {
  const width = Math.max(...findings.map(({ about }) => about.length))
  return findings
    .map(({ about, verdict, told }) => {
      const [colour, mark] = MARKS[verdict]
      return `${paint(colour, mark)} ${about.padEnd(width)}  ${told.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`
    })
    .join('\n')
}
