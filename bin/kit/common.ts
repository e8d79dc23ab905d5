import { text, toggle } from './flag.ts'

/** Flags that every command has. */
export const common = {
  json: toggle('print JSON, with a schemaVersion, instead of text'),
  config: text('the configuration file', { value: 'FILE', initial: undefined, shown: 'mock-suite.config.*, from this folder upwards' }),
  noConfig: toggle('read no configuration file'),
  help: toggle('tell what this command does', { short: 'h' }),
}
