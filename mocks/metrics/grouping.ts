export const PUSH_TIME = 'push_time_seconds'
export const PUSH_FAILURE_TIME = 'push_failure_time_seconds'

const BASE64 = '@base64'

/** The labels that a Pushgateway path spells out, or what is wrong with them, in the Pushgateway's words. */
export function groupingOf(path: { job: string; '*'?: string }, encoded: boolean): { labels: Record<string, string> } | { error: string } {
  const job = encoded ? decoded(path.job) : { text: path.job }
  if ('error' in job) return { error: `invalid base64 encoding in job name ${JSON.stringify(job.text)}: ${job.error}` }
  const rest = path['*'] ?? ''
  const parts = rest === '' ? [] : rest.split('/')
  if (parts.length % 2 !== 0) return { error: `odd number of components in label string ${JSON.stringify(`/${rest}`)}` }
  const labels = new Map<string, string>()
  for (let at = 0; at < parts.length; at += 2) {
    const [spelt, value] = [parts[at] as string, parts[at + 1] as string]
    const name = spelt.endsWith(BASE64) ? spelt.slice(0, -BASE64.length) : spelt
    if (!/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return { error: `improper label name ${JSON.stringify(name)}` }
    const read = name === spelt ? { text: value } : decoded(value)
    if ('error' in read) return { error: `invalid base64 encoding for label ${name}=${JSON.stringify(value)}: ${read.error}` }
    labels.set(name, read.text)
  }
  return job.text === '' ? { error: 'job name is required' } : { labels: Object.fromEntries(labels.set('job', job.text)) }
}

/** The labels of a pushed metric: those of its group win, and there is always an `instance`. */
export function withGrouping(labels: Readonly<Record<string, string>>, grouping: Readonly<Record<string, string>>): Record<string, string> {
  return { instance: '', ...labels, ...grouping }
}

/** The URL-safe alphabet of RFC 4648, with or without padding; after an error, what came before it. */
function decoded(encoded: string): { text: string; error?: string } {
  const bare = encoded.replace(/=+$/, '')
  const illegal = bare.search(/[^\w-]/)
  const lonely = bare.length % 4 === 1 ? bare.length - 1 : -1
  const at = illegal === -1 ? lonely : illegal
  if (at === -1) return { text: utf8(bare) }
  return { text: utf8(bare.slice(0, at - (at % 4))), error: `illegal base64 data at input byte ${at}` }
}

const utf8 = (base64: string): string => Buffer.from(base64, 'base64url').toString('utf8')
