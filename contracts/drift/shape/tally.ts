/** What can be counted by its value. */
export type Scalar = string | number | bigint | boolean

/** How often each of a few values was seen; nothing more than that once they turn out to be many, so that memory stays flat. */
export class Tally {
  /** None once there were too many values to keep. */
  counts: Map<Scalar, number> | undefined = new Map()
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  add(value: Scalar, times = 1): void {
    this.counts?.set(value, (this.counts.get(value) ?? 0) + times)
    if (this.counts !== undefined && this.counts.size > this.most) this.close()
  }

  absorb(other: Tally): void {
    if (other.counts === undefined) this.close()
    else for (const [value, times] of other.counts) this.add(value, times)
  }

  close(): void {
    this.counts = undefined
  }

  /** Most frequent first, then by name, so that the order of learning does not show. */
  sorted(): [Scalar, number][] | undefined {
    return this.counts && [...this.counts].sort(([a, many], [b, few]) => few - many || (String(a) < String(b) ? -1 : 1))
  }
}
