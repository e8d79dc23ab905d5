import type { DraftAuth } from '../draft.ts'
import type { Sample } from './sample.ts'

/** The credentials that requests carried when they were let in; values are never looked at but for the word before them. */
export function recordedAuth(samples: readonly Sample[]): { auth: DraftAuth | undefined; notes: string[] } {
  const admitted = samples.filter(({ reply }) => reply.status !== 401 && reply.status !== 403 && reply.status < 500)
  const seen = new Map<string, { auth: DraftAuth; times: number }>()
  for (const sample of admitted) {
    for (const auth of credentialsOf(sample)) {
      const key = JSON.stringify(auth).toLowerCase()
      seen.set(key, { auth, times: (seen.get(key)?.times ?? 0) + 1 })
    }
  }
  const all = [...seen.values()]
  const [first] = all
  if (first === undefined) return { auth: undefined, notes: [] }
  if (all.every(({ times }) => times === admitted.length)) return { auth: joined('all', all), notes: [] }
  const bare = admitted.filter((sample) => credentialsOf(sample).length === 0).length
  const any = joined('any', all)
  if (bare === 0) return { auth: any, notes: [] }
  return { auth: { kind: 'lenient', of: any }, notes: [`${bare} of ${admitted.length} requests were let in without a credential`] }
}

function joined(kind: 'all' | 'any', seen: readonly { auth: DraftAuth }[]): DraftAuth {
  const [first, ...more] = seen.map(({ auth }) => auth)
  return more.length === 0 ? (first as DraftAuth) : { kind, of: [first as DraftAuth, ...more] }
}

function credentialsOf({ headers }: Sample): DraftAuth[] {
  return headers.flatMap((name, at): DraftAuth[] => {
    if (at % 2 === 1) return []
    if (/^authorization$/i.test(name)) return /^(?:basic|digest|negotiate) /i.test(headers[at + 1] ?? '') ? [] : [{ kind: 'bearer' }]
    return /^(?:x-.*(?:key|token|secret)|api-?key)$/i.test(name) ? [{ kind: 'key', header: name }] : []
  })
}
