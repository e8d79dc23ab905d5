import type { Settings } from '../../../mocks/configuration.ts'
import type { Flag } from '../flag.ts'
import { remoteFlags } from '../remote.ts'
import { starterFlags } from '../starter.ts'

/** The flags that a configuration file may speak of; the flag itself reads the value. */
export const settingFlags = { ...starterFlags, url: remoteFlags.url, instance: remoteFlags.instance } satisfies {
  [Name in keyof Settings]-?: Flag<Settings[Name] | undefined>
}
