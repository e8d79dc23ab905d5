/** The members of a JSON object that was sent where a form is read; nothing where none was. */
export function jsonForForm(body: Buffer): Record<string, string> | undefined {
  const text = body.toString('utf8')
  if (!/^\s*\{/.test(text)) return undefined
  try {
    const members = Object.entries(JSON.parse(text) as Record<string, unknown>)
    return Object.fromEntries(members.flatMap(([name, value]) => (typeof value === 'object' ? [] : [[name, String(value)]])))
  } catch {
    return undefined
  }
}
