const MINUTE = 60_000
const DAY = 24 * 60

/** When a message that comes up now may go out: at once, or when the user's quiet hours end, by the clock on the user's wall. */
export function wakingTime({ start, end }: { start: string; end: string }, timeZone: string, now: number): number {
  const time = wallClock(timeZone, now)
  const sinceStart = (time - minutes(start) + DAY) % DAY
  const length = (minutes(end) - minutes(start) + DAY) % DAY
  return sinceStart < length ? Math.floor(now / MINUTE) * MINUTE + (length - sinceStart) * MINUTE : now
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const formats = new Map<string, Intl.DateTimeFormat>()

/** In minutes after midnight. One format is kept for each zone: making one costs more than all else that a notification needs. */
function wallClock(timeZone: string, instant: number): number {
  let format = formats.get(timeZone)
  if (format === undefined)
    formats.set(timeZone, (format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })))
  return minutes(format.format(instant))
}
