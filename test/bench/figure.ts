/** One line of the table that `npm run bench` prints. */
export interface Figure {
  what: string
  measured: string
  must: string
  aim: string
}

export interface Effort {
  /** Requests in one round. */
  amount: number
  /** Interleaved rounds, of which the median counts. */
  rounds: number
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export const times = (value: number): string => `${value.toFixed(2)} ×`
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`
export const microseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} µs`
export const megabytes = (value: number): string => `${value.toFixed(0)} MB`
