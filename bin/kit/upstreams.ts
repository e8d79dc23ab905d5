import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { UsageError } from './usage-error.ts'

interface Asked {
  service: readonly string[]
  upstream: readonly string[]
}

/**
 * Which service is recorded from where: `NAME=URL`, or the URL alone where one service is named.
 *
 * @throws UsageError, MockSuiteError `unknown-service`
 */
export function upstreamsOf({ service, upstream }: Asked, known: readonly string[]): Map<string, string> {
  const upstreams = new Map<string, string>()
  for (const text of upstream) {
    const [, name, url] = /^(?:([\w-]+)=)?(.*)$/s.exec(text) as unknown as [string, string | undefined, string]
    const whose = name ?? (service.length === 1 ? service[0] : undefined)
    if (whose === undefined) throw new UsageError(`whose upstream is ${url}? Say --upstream NAME=${url}, or name one --service`)
    if (upstreams.has(whose)) throw new UsageError(`${whose} has two upstreams: one recording is of one real service`)
    upstreams.set(whose, url)
  }
  for (const name of [...service, ...upstreams.keys()]) {
    if (!known.includes(name))
      throw new MockSuiteError('unknown-service', `could not record ${name}: there is no service of that name.${didYouMean(name, known)}`)
    if (service.length > 0 && !service.includes(name)) throw new UsageError(`${name} has an upstream, but is not among the services that are named`)
  }
  if (upstreams.size === 0) throw new UsageError('there is nothing to record from: say where the real service is, with --upstream')
  return upstreams
}
