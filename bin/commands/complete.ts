import * as z from 'zod'
import { defineCommand } from '../kit/command.ts'
import { namesHere } from '../kit/complete/names.ts'
import { type Suggestions, suggest } from '../kit/complete/suggest.ts'

/** What the scripts of `completion` ask at each press of a key: it answers in any folder, whatever is broken there, and never complains. */
export const complete = defineCommand({
  flags: {},
  output: () => z.strictObject({ kind: z.string() }),
  configuration: 'none',
  args: [{ name: 'word', summary: 'what stands behind mock-suite as far as the cursor', verbatim: true }],
  async run({ args, program, terminal }) {
    const found = await suggest(args, program, namesHere).catch((): Suggestions => ({ kind: 'words', words: [] }))
    terminal.print(lines(found))
    return undefined
  },
})

/** First what it is about, then a line each: a word, a tab, what it means. */
function lines(found: Suggestions): string {
  if (found.kind === 'command') return `command ${found.at}`
  const words = found.kind === 'words' ? found.words : []
  return [found.kind, ...words.map(({ word, told }) => `${word}\t${told}`.replaceAll(/[\r\n]+/g, ' '))].join('\n')
}
