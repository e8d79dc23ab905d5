import { MockSuiteError } from '../../contracts/kit/error.ts'
import type { Store } from './store.ts'
import type { WorldSpec } from './world.ts'

/** World table → records, as a world file gives them. */
export type WorldOverlay = Readonly<Record<string, readonly object[]>>

/**
 * Fills the world's tables with the records that they begin with, and with those of the overlay.
 *
 * @throws MockSuiteError `bad-world`, `dangling-reference`, `duplicate-key`, `invalid-record`
 */
export function seedWorld(store: Store, world: WorldSpec, now: number, overlay: WorldOverlay = {}): void {
  for (const name of Object.keys(overlay)) {
    if (name in world.tables) continue
    throw new MockSuiteError(
      'bad-world',
      `could not load the world: it names the table ${name}, which there is not. The tables are ${Object.keys(world.tables).join(', ')}.`,
    )
  }
  for (const [name, rows] of Object.entries(world.seed(now))) {
    store.table(`world.${name}`).load([...(rows as readonly object[]), ...(overlay[name] ?? [])])
  }
  for (const name of Object.keys(overlay)) store.table(`world.${name}`).check()
}
