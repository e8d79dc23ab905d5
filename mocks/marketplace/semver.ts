const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

export const isVersion = (text: string): boolean => VERSION.test(text)

/** Orders version numbers as semver does: 1.9.0 before 1.10.0, 2.0.0-rc.1 before 2.0.0. What is no version number comes before all that are. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [VERSION.exec(a), VERSION.exec(b)]
  if (left === null || right === null) return Number(left !== null) - Number(right !== null)
  for (const part of [1, 2, 3]) {
    const difference = Number(left[part]) - Number(right[part])
    if (difference !== 0) return difference
  }
  return comparePrereleases(left[4], right[4])
}

/** A release comes after its own pre-releases; numbers are compared as numbers, and come before words. */
function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  const [left, right] = [a.split('.'), b.split('.')]
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = compareIdentifiers(left[at] as string, right[at] as string)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function compareIdentifiers(a: string, b: string): number {
  const [numeric, other] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (numeric && other) return Number(a) - Number(b)
  if (numeric !== other) return numeric ? -1 : 1
  return a < b ? -1 : Number(a > b)
}
