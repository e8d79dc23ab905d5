/**
 * The name that was probably meant, or nothing when none is near: what every refusal of an unknown name offers.
 * A slip is a letter added, left out or changed, or two neighbours swapped; one slip in three letters is still near.
 */
export function nearest(asked: string, known: Iterable<string>): string | undefined {
  let best: { name: string; slips: number } | undefined
  for (const name of known) {
    const made = slips(asked.toLowerCase(), name.toLowerCase())
    if (made <= Math.max(1, Math.floor(Math.max(asked.length, name.length) / 3)) && made < (best?.slips ?? Number.POSITIVE_INFINITY))
      best = { name, slips: made }
  }
  return best?.name
}

/** ` Did you mean "alert"?`, to stand after a sentence that refuses a name; nothing when no name is near. */
export function didYouMean(asked: string, known: Iterable<string>): string {
  const name = nearest(asked, known)
  return name === undefined ? '' : ` Did you mean ${JSON.stringify(name)}?`
}

/** How many slips are between two words. Optimal string alignment: rows of the edit matrix, of which the last two are needed for swaps. */
export function slips(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] as number) + 1 : changed
      row.push(Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, changed, swapped))
    }
    before = above
    above = row
  }
  return above[b.length] as number
}
