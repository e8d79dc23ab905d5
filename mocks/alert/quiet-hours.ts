import type { Preferences } from './preferences.ts'

/** Whether an instant falls into a user's quiet hours, by the clock on the user's wall. */
export function isQuiet({ quiet_hours, timezone }: Pick<Preferences, 'quiet_hours' | 'timezone'>, instant: number): boolean {
  if (quiet_hours === null) return false
  const { start, end } = quiet_hours
  const time = wallClock(timezone, instant)
  return start <= end ? start <= time && time < end : start <= time || time < end
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `09:15`. One format is kept for each zone: making one costs more than all else that an alert needs. */
function wallClock(timeZone: string, instant: number): string {
  let format = formats.get(timeZone)
  if (format === undefined)
    formats.set(timeZone, (format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })))
  return format.format(instant)
}
