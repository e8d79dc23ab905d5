import { bundleOf } from '../../../mocks/kit/day/day.ts'
import type { Suite } from '../../../mocks/kit/suite.ts'
import { version } from '../../version.ts'
import { type BundleContext, saveBundle } from './save-bundle.ts'

/**
 * Writes down all that has happened in a suite since it started, or since each lane's last reset; told is the folder.
 * It may have been stopped already: nothing of what it knows is lost by that.
 *
 * @throws MockSuiteError `bad-bundle`
 */
export async function writeBundle(suite: Suite, folder: string, context: BundleContext = {}): Promise<string> {
  const lanes = suite.lanes.map((lane) => bundleOf(lane, version))
  return saveBundle({ lanes, version, verification: await suite.verify() }, folder, context)
}
