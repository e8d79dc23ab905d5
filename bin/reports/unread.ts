import type { RecordingInfo } from '../../contracts/drift/report.ts'

/** What of the recordings could not be read, and why: a sentence each. */
export function unread(recordings: readonly RecordingInfo[]): string[] {
  return recordings.flatMap(({ file, broken, skipped }) => [
    ...(broken ? [`${file} ends before it should: what is whole was read`] : []),
    ...skipped.map(
      ({ reason, times, entry }) =>
        `${file} ${times === 1 ? `entry ${entry} was passed over` : `${times} entries were passed over, the first is ${entry}`}: ${reason}`,
    ),
  ])
}
