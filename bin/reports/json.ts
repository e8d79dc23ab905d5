/** The shape of what `--json` prints; a change that a reader could trip over raises it. */
const SCHEMA_VERSION = 1

/** One object for a program to read. */
export function json(data: object): string {
  return JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...data })
}
