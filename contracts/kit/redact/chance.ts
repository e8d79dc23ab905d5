/** Whether a text looks as if chance had written it: no words, letters and digits mixed, few repetitions. */
export function isChance(text: string, least: number): boolean {
  if (text.length < least || text.length > 8192 || !/^[\w+/=.~-]+$/.test(text)) return false
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text) || UUID.test(text)) return false
  if (/^\d{4}-\d\d-\d\d/.test(text)) return false
  return entropy(text) >= (text.length < 24 ? 3 : 3.3)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Bits that each character carries, as Shannon counts them. */
function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
