/** Text is broken here. */
export const WIDTH = 110

/** Words over as many lines as they need; the first line has a head of its own. */
export function wrapped(words: string, head: string, indent: string): string[] {
  const lines: string[] = []
  let line = head.trimEnd()
  for (const word of words.split(' ')) {
    if (line.length + 1 + word.length > WIDTH && line.trim() !== '' && line !== head.trimEnd()) {
      lines.push(line)
      line = `${indent}${word}`
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
