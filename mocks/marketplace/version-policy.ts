import type { World } from '../world/index.ts'
import type { Product, Version } from '../world/products.ts'
import { compareVersions, isVersion } from './semver.ts'

type Policy = Pick<Product, 'policy' | 'min_version' | 'max_version' | 'pinned_version'>

/** The versions of a product, oldest first. */
export function versionsOf(world: World, product_id: string): Version[] {
  return world.versions.where('product_id', product_id).sort((a, b) => compareVersions(a.version, b.version))
}

/** A version that subscribers may have. */
export function releasedVersion(versions: readonly Version[], number: string | null): Version | undefined {
  return versions.find(({ version, status }) => version === number && status !== 'draft')
}

export const currentVersion = (versions: readonly Version[]): Version | undefined => published(versions).at(-1)

/** The version that subscribers run. */
export function effectiveVersion(policy: Policy, versions: readonly Version[]): Version | undefined {
  switch (policy.policy) {
    case 'locked':
      return releasedVersion(versions, policy.pinned_version)
    case 'range':
      return published(versions).findLast(({ version }) => within(policy, version))
    case 'auto':
      return newestCompatible(published(versions))
  }
}

/** Which version runs, and why. */
export function versionInfo(product: Product, versions: readonly Version[]) {
  const { policy, min_version, max_version, pinned_version, updated_at } = product
  return {
    policy,
    current_version: currentVersion(versions)?.version ?? null,
    effective_version: effectiveVersion(product, versions)?.version ?? null,
    min_version,
    max_version,
    pinned_version,
    last_updated: updated_at,
  }
}

/** Only what the policy is about is kept; a lock that names no version holds what runs now. */
export function settled(asked: Policy, product: Product, versions: readonly Version[]): Policy {
  const { policy, min_version, max_version, pinned_version } = asked
  const bounds = policy === 'range' ? { min_version, max_version } : { min_version: null, max_version: null }
  const pin = policy === 'locked' ? (pinned_version ?? effectiveVersion(product, versions)?.version ?? null) : null
  return { policy, ...bounds, pinned_version: pin }
}

/** Why a policy cannot be kept, or nothing. */
export function flawOf(policy: Policy, versions: readonly Version[]): string | undefined {
  const { min_version, max_version, pinned_version } = policy
  const odd = [min_version, max_version, pinned_version].find((version) => version !== null && !isVersion(version))
  if (odd !== undefined) return `Invalid version: ${odd}`
  if (policy.policy === 'locked' && effectiveVersion(policy, versions) === undefined) return `Version ${pinned_version} is not published`
  if (policy.policy !== 'range') return undefined
  if (min_version === null && max_version === null) return 'A range needs min_version or max_version'
  if (min_version !== null && max_version !== null && compareVersions(min_version, max_version) > 0) return 'min_version is greater than max_version'
  return effectiveVersion(policy, versions) === undefined ? 'No published version lies within the range' : undefined
}

const published = (versions: readonly Version[]): Version[] => versions.filter(({ status }) => status === 'published')

function within({ min_version, max_version }: Policy, version: string): boolean {
  return (min_version === null || compareVersions(version, min_version) >= 0) && (max_version === null || compareVersions(version, max_version) <= 0)
}

/** Nobody is moved across a breaking change unasked. Inferred: the flag would have no meaning otherwise. */
function newestCompatible(oldestFirst: readonly Version[]): Version | undefined {
  const breaking = oldestFirst.findIndex(({ breaking_changes }, at) => at > 0 && breaking_changes)
  return oldestFirst.at(breaking === -1 ? -1 : breaking - 1)
}
