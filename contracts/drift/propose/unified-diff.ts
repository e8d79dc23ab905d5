const CONTEXT = 3

/** One change to a file as a patch that `git apply` takes; nothing where nothing changes. */
export function unifiedDiff(file: string, before: string, after: string): string {
  if (before === after) return ''
  const [old, now] = [linesOf(before), linesOf(after)]
  let head = 0
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1
  let tail = 0
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  const from = Math.max(0, head - CONTEXT)
  const lead = old.slice(from, head)
  const trail = old.slice(old.length - tail, old.length - tail + CONTEXT)
  const [gone, come] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)]
  const span = (lines: readonly string[]) => `${from + 1},${lead.length + lines.length + trail.length}`
  const marked = (mark: string, lines: readonly string[]) => lines.map((line) => `${mark}${line}`)
  return [
    `--- a/${file}`,
    `+++ b/${file}`,
    `@@ -${span(gone)} +${span(come)} @@`,
    ...[...marked(' ', lead), ...marked('-', gone), ...marked('+', come), ...marked(' ', trail)],
  ].join('\n')
}

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}
