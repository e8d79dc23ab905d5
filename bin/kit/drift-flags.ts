import { existsSync } from 'node:fs'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { listRecordings } from '../../contracts/kit/recording/list-recordings.ts'
import { driftReportOf } from '../../mocks/kit/drift-report.ts'
import { duration } from '../../scenarios/kit/duration.ts'
import { instant } from '../../scenarios/kit/instant.ts'
import { ACCEPTED_FILE, readAccepted } from './accepted-file.ts'
import { type Flag, list, text, type Values } from './flag.ts'
import { project } from './project.ts'
import { projectContracts } from './project-contracts.ts'
import { RECORDINGS, recordingsFolder } from './recordings-folder.ts'
import { UsageError } from './usage-error.ts'

/** A duration. */
export function age<Initial extends number | undefined>(summary: string, { initial, shown }: { initial: Initial; shown: string }): Flag<number | Initial> {
  return { summary, value: 'TIME', initial, shown, read: (given) => duration(given) }
}

/** Flags of the commands that read recordings. */
export const recordingFlags = {
  recordings: list('files or folders to read; may be given more than once', { value: 'PATH', initial: [], shown: RECORDINGS }),
  accepted: text('the file of findings that are lived with', { value: 'FILE', initial: undefined, shown: `${ACCEPTED_FILE}, if it is there` }),
  now: text('the instant from which ages are counted, for runs that are to be repeated', { value: 'INSTANT', initial: undefined, shown: 'now' }),
}

interface Asked extends Values<typeof recordingFlags> {
  services: readonly string[]
  maxAge: number | undefined
}

/** What the recordings say, with what is accepted marked so. */
export async function readDrift({ recordings, accepted, now, services, maxAge }: Asked) {
  const file = readAccepted(accepted)
  const at = now === undefined ? Date.now() : instant(now)
  const report = await driftReportOf(await project())({
    recordings,
    maxAge,
    now: at,
    accepted: file.list,
    services: services.length === 0 ? undefined : services,
  })
  return { report, accepted: file, now: at }
}

/** The recordings that were asked for; none when nobody named any and there is no folder of them. */
export function recordingsFor(named: readonly string[], services: readonly string[]): string[] {
  const usual = recordingsFolder()
  if (named.length === 0 && !existsSync(usual)) return []
  return (named.length === 0 ? [usual] : named).flatMap((path) => listRecordings(path, services.length === 0 ? undefined : services))
}

/** That there is nothing to read, and how to come by something. */
export function noRecordings(named: readonly string[], [service = 'alert']: readonly string[]): UsageError {
  const where = named.length === 0 ? recordingsFolder() : named.join(', ')
  return new UsageError(
    `there are no recordings in ${where}, so nothing can be said. Record some while the client under test runs:\n  mock-suite record --service ${service} --upstream https://${service}.example --out ${named[0] ?? recordingsFolder()}/${service}`,
  )
}

/** The services of this suite that are meant. @throws UsageError */
export function knownServices(named: readonly string[]): readonly string[] {
  const names: string[] = Object.values(projectContracts()).map(({ service }) => service)
  const unknown = named.find((name) => !names.includes(name))
  if (unknown === undefined) return named
  throw new UsageError(`there is no service ${JSON.stringify(unknown)}.${didYouMean(unknown, names) || ` There are ${names.join(', ')}.`}`)
}
