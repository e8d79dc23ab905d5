import { toggle } from './flag.ts'

/** Flags that every command has. */
export const common = {
  json: toggle('print JSON, with a schemaVersion, instead of text'),
  help: toggle('tell what this command does', { short: 'h' }),
}
