import type { Block } from './markdown.ts'

/** One call of `mock-suite` in a block of shell. */
export interface ShellCall {
  /** `docs/cli.md:12` */
  where: string
  line: string
  /** What follows the program's name, as a shell would hand it over. */
  words: readonly string[]
}

/** Every call in a block, also behind a pipe, an `npx`, or inside `$(…)`. Comments and what only installs the program are passed over. */
export function callsOf({ file, line, code }: Block): ShellCall[] {
  return joined(code).flatMap(({ text, at }) =>
    [...text.matchAll(/(?<=^|[\s("])mock-suite(?= |$)/g)].flatMap(({ index }) => {
      if (/(?:^|\s)#|\binstall\b/.test(text.slice(0, index))) return []
      return [{ where: `${file}:${line + at}`, line: text.trim(), words: wordsOf(text.slice(index + 'mock-suite'.length)) }]
    }),
  )
}

/** Lines that end in a backslash go on in the next one. */
function joined(code: string): { text: string; at: number }[] {
  const lines: { text: string; at: number }[] = []
  let open = false
  for (const [at, text] of code.split('\n').entries()) {
    const rest = text.replace(/\\$/, '')
    const last = lines.at(-1)
    if (open && last !== undefined) last.text += rest
    else lines.push({ text: rest, at })
    open = text.endsWith('\\')
  }
  return lines
}

/** Up to what ends a command: a pipe, a redirection, a list, a comment, the bracket or the quote around it. */
function wordsOf(text: string): string[] {
  const words: string[] = []
  const piece = /(\s*)(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|((?:[^\s'"|&;<>()#`\\]|\\.)+))/gy
  for (const [, space, single, double, bare] of text.matchAll(piece)) {
    const word = single ?? double?.replace(/\\(.)/g, '$1') ?? bare ?? ''
    if (space === '' && words.length > 0) words[words.length - 1] += word
    else words.push(word)
  }
  return words
}
