/** More texts than any mappings have; past it what is remembered is forgotten, and begins again. */
const MOST = 1000

/** What is made of a text, made once for each. @throws whatever `make` throws */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>()
  return (text) => {
    const known = made.get(text)
    if (known !== undefined) return known
    const fresh = make(text)
    if (made.size >= MOST) made.clear()
    made.set(text, fresh)
    return fresh
  }
}
