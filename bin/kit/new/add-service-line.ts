import { masked } from './masked.ts'

interface Lines {
  import: string
  /** `ledger: ledgerMock` */
  member: string
  /** What is imported. */
  name: string
  /** Members that the configuration lacks besides. */
  others: readonly string[]
}

/** A configuration file with one service more; nothing where it is not plain to see where that belongs. */
export function addServiceLine(text: string, { import: imported, member, name, others }: Lines): string | undefined {
  const code = masked(text)
  if (new RegExp(`\\b${name}\\b`).test(code)) return undefined
  const [exported, another] = [...code.matchAll(/\bexport\s+default\s+(?:defineConfig\s*\(\s*)?\{/g)]
  if (exported === undefined || another !== undefined) return undefined
  const opening = exported.index + exported[0].length - 1
  const members = [...others.filter((other) => !code.includes(other.split(':')[0] as string))]
  const listed = [...code.matchAll(/(?<![\w$.])services\b(?:\s*:\s*(\{))?/g)].filter(({ index }) => index > opening)
  if (listed.length > 1 || (listed.length === 1 && listed[0]?.[1] === undefined)) return undefined
  const within = listed[0] === undefined ? undefined : inserted(text, code, listed[0].index + listed[0][0].length - 1, [member])
  const whole = inserted(within ?? text, masked(within ?? text), opening, [...(within === undefined ? [`services: { ${member} }`] : []), ...members])
  return whole === undefined ? undefined : withImport(whole, imported)
}

/** Members at the end of an object, in the manner of those that it has. */
function inserted(text: string, code: string, opening: number, members: readonly string[]): string | undefined {
  if (members.length === 0) return text
  const closing = closingOf(code, opening)
  if (closing === undefined) return undefined
  const last = opening + code.slice(opening, closing).trimEnd().length
  const isEmpty = last === opening + 1
  const comma = isEmpty || code[last - 1] === ',' ? '' : ','
  if (!code.slice(opening, closing).includes('\n')) {
    const inner = `${text.slice(opening + 1, last).trimEnd()}${comma} ${members.join(', ')} `
    return `${text.slice(0, opening + 1)}${inner}${text.slice(closing)}`
  }
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', closing) + 1))?.[0] ?? ''
  const rest = text.slice(last, closing).trimEnd()
  const added = members.map((member) => `\n${indent}  ${member},`).join('')
  return `${text.slice(0, last)}${comma}${rest}${added}\n${indent}${text.slice(closing)}`
}

/** Where the bracket that opens here is closed. */
function closingOf(code: string, opening: number): number | undefined {
  let depth = 0
  for (let at = opening; at < code.length; at += 1) {
    if ('{[('.includes(code[at] as string)) depth += 1
    if ('}])'.includes(code[at] as string)) depth -= 1
    if (depth === 0) return at
  }
  return undefined
}

/** After the last import; before everything where there is none. */
function withImport(text: string, imported: string): string {
  const last = [...masked(text).matchAll(/^import\b/gm)].at(-1)
  if (last === undefined) return `${imported}\n\n${text}`
  const end = /^import\b[^'"]*(['"])[^'"\n]*\1[^\n]*\n/.exec(text.slice(last.index))?.[0].length ?? 0
  const at = last.index + end
  return `${text.slice(0, at)}${imported}\n${text.slice(at)}`
}
