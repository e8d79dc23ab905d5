import { relative } from 'node:path'
import { configuration } from './configuration/held.ts'

/** Where recordings lie when neither a flag nor a configuration file says where. */
export const RECORDINGS = 'contracts/recordings'

/** Where recordings lie when no flag says where. */
export function recordingsFolder(): string {
  const said = configuration()?.recordings
  return said === undefined ? RECORDINGS : relative(process.cwd(), said) || '.'
}
