import { noProduct } from '../../contracts/marketplace/shapes.ts'
import type { versionOperations } from '../../contracts/marketplace/versions.ts'
import type { World } from '../world/index.ts'
import type { Product, Version } from '../world/products.ts'
import { callerOf } from './people.ts'
import type { Handlers } from './tables.ts'
import { currentVersion, flawOf, settled, versionInfo, versionsOf } from './version-policy.ts'
import { zulu } from './zulu.ts'

export const versionHandlers: Handlers<typeof versionOperations> = {
  setVersionPolicy(call) {
    const { world, clock, body } = call
    const product = world.products.get(call.params.product_id)
    if (product === undefined) return noProduct
    if (!creates(call, product)) return { status: 403, body: { detail: 'Not authorized to change the version policy of this product' } }
    const { version_policy: policy, min_version, max_version, pinned_version } = body
    const versions = versionsOf(world, product.product_id)
    const wanted = settled({ policy, min_version, max_version, pinned_version }, product, versions)
    const flaw = flawOf(wanted, versions)
    if (flaw !== undefined) return { status: 400, body: { detail: flaw } }
    const changed = world.products.put({ ...product, ...wanted, updated_at: zulu(clock.now()) })
    return { status: 200, body: { product_id: product.product_id, ...versionInfo(changed, versions) } }
  },

  listVersions(call) {
    const product = call.world.products.get(call.params.product_id)
    if (product === undefined) return noProduct
    const everything = (call.header('x-user-id') ?? '') === '' || creates(call, product)
    const shown = versionsOf(call.world, product.product_id).filter(({ status }) => everything || status !== 'draft')
    return { status: 200, body: { product_id: product.product_id, versions: shown.map(told).reverse(), total_count: shown.length } }
  },

  publishVersion(call) {
    const { world, clock, params, body } = call
    const product = world.products.get(params.product_id)
    if (product === undefined) return noProduct
    if (!creates(call, product)) return { status: 403, body: { detail: 'Not authorized to publish versions of this product' } }
    const versions = versionsOf(world, product.product_id)
    const draft = versions.find(({ version }) => version === params.version)
    if (draft === undefined) return { status: 404, body: { detail: `Version ${params.version} not found` } }
    if (draft.status !== 'draft') return { status: 409, body: { detail: `Version ${params.version} is already ${draft.status}` } }
    const min_compatible_version = body.breaking_changes ? draft.version : (draft.min_compatible_version ?? compatibleSince(versions))
    const published = world.versions.put({ ...draft, status: 'published', breaking_changes: body.breaking_changes, min_compatible_version })
    const changed = world.products.put({ ...product, updated_at: zulu(clock.now()) })
    return {
      status: 200,
      body: { product_id: product.product_id, ...told(published), version_info: versionInfo(changed, versionsOf(world, product.product_id)) },
    }
  },
}

/** Whether the gateway asks on behalf of the product's creator. */
function creates(call: { world: World; header(name: string): string | undefined }, { creator_id }: Product): boolean {
  const caller = callerOf(call)
  return caller?.user_id === creator_id && caller.account_status === 'active'
}

const compatibleSince = (versions: readonly Version[]): string | null => currentVersion(versions)?.min_compatible_version ?? null

function told({ version, status, created_at, description, breaking_changes, min_compatible_version }: Version) {
  return { version, status, created_at, description, breaking_changes, min_compatible_version }
}
