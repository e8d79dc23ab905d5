interface Line {
  /** What it is imported from. */
  module: string
  name: string
  /** Its member, quoted where it must be. */
  key: string
}

/** One import more, in the order of the alphabet, and one member more, at the end. */
export function addIndexLine(text: string, { module, name, key }: Line): string {
  const lines = text.split('\n')
  const imports = lines.flatMap((line, at) => (line.startsWith('import ') ? [{ at, from: /'(.*)'/.exec(line)?.[1] ?? '' }] : []))
  const next = imports.find(({ from }) => from > module)?.at ?? (imports.at(-1)?.at ?? -1) + 1
  lines.splice(next, 0, `import { ${name} } from '${module}'`)
  lines.splice(lines.lastIndexOf('}'), 0, `  ${key === name ? key : `${key}: ${name}`},`)
  return lines.join('\n')
}
