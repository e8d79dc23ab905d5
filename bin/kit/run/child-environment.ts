import type { Suite } from '../../../mocks/kit/suite.ts'

/**
 * What the command reads: everything that this process does, and over it where the fakes are. What `mock-suite` reads too is among it,
 * so that a call of it within the command asks this suite.
 */
export function childEnvironment(suite: Suite, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const fakes = suite.env()
  // Those of another suite around us, if ours has no control API.
  const control = { MOCK_SUITE_URL: undefined, MOCK_SUITE_TOKEN: undefined }
  return { ...own, ...control, ...fakes, ...unproxied(suite, own), MOCK_SUITE_LANES: String(suite.lanes.length) }
}

/** Python's clients ask a proxy even for loopback, unless they are told not to; some read the one spelling, some the other. */
function unproxied(suite: Suite, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!Object.keys(own).some((name) => /^(?:https?|all)_proxy$/i.test(name) && own[name] !== '')) return {}
  const hosts = suite.services.map((service) => new URL(suite.url(service)).hostname.replace(/^\[|\]$/g, ''))
  const without = (name: 'NO_PROXY' | 'no_proxy') => {
    const before = (own[name] ?? own[name === 'NO_PROXY' ? 'no_proxy' : 'NO_PROXY'] ?? '').split(',').map((host) => host.trim())
    return [...new Set([...before, '127.0.0.1', 'localhost', ...hosts])].filter((host) => host !== '').join(',')
  }
  return { NO_PROXY: without('NO_PROXY'), no_proxy: without('no_proxy') }
}
