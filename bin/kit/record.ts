import { UsageError } from './usage-error.ts'

type Row = Record<string, unknown>

/**
 * The record to write, as JSON text: what was given whole, as it stands (its long numbers must survive), or the current one with some members changed.
 *
 * @throws UsageError
 */
export async function patched(values: readonly string[], current: () => Promise<Row>): Promise<string> {
  const [only = ''] = values
  if (values.length === 1 && only.trimStart().startsWith('{')) return wholeRecord(only)
  const changes = values.map(change)
  const row = await current()
  return JSON.stringify({ ...row, ...Object.fromEntries(changes.map(([name, text]) => [name, written(text, row[name])])) })
}

function wholeRecord(text: string): string {
  try {
    JSON.parse(text)
    return text
  } catch (error) {
    throw new UsageError(`could not read the record: it is not JSON (${(error as Error).message})`)
  }
}

function change(text: string): [name: string, value: string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`could not read ${JSON.stringify(text)}: give the whole record as JSON, or members as name=value`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** Where there was text there is text again: `value=60` must not turn a setting into a number. */
function written(text: string, before: unknown): unknown {
  if (typeof before === 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
