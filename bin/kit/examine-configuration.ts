import { relative } from 'node:path'
import { listLibrary } from '../../scenarios/kit/library.ts'
import { originText, settingsOf, settingText } from '../reports/settings.ts'
import { brokenConfiguration, configuration } from './configuration/held.ts'
import { settingFlags } from './configuration/settings.ts'
import type { Finding } from './examine.ts'
import { parse } from './parse.ts'
import { projectContracts } from './project-contracts.ts'

/** What a configuration file or the environment says, and whether services and scenarios of one's own go together with ours. */
export function examineConfiguration(env: NodeJS.ProcessEnv): Finding[] {
  return [examineFile(), ...examineSettings(env), ...examineServices(), ...examineScenarios()]
}

function examineFile(): Finding {
  const broken = brokenConfiguration()
  if (broken !== undefined) return { about: 'configuration', verdict: 'bad', told: broken.message }
  const file = configuration()
  if (file === undefined) return { about: 'configuration', verdict: 'good', told: 'no file' }
  const modules = file.files.length === 1 ? '' : `, and ${file.files.length - 1} of your modules with it`
  return { about: 'configuration', verdict: 'good', told: `${relative(process.cwd(), file.file)} is loaded${modules}` }
}

/** As a starter would have them without a word on the command line. */
function examineSettings(env: NodeJS.ProcessEnv): Finding[] {
  return attempt('settings', () => {
    const { flags, origins } = parse([], { flags: settingFlags }, env, configuration()?.settings)
    const settings = settingsOf(settingFlags, flags, origins).filter(({ from }) => from !== 'default')
    return settings.map((setting): Finding => ({ about: 'setting', verdict: 'good', told: `${settingText(setting)} (${originText(setting)})` }))
  })
}

function examineServices(): Finding[] {
  const own = Object.keys(configuration()?.services ?? {})
  return attempt('services', () => {
    const names = Object.keys(projectContracts())
    if (own.length === 0) return []
    return [{ about: 'services', verdict: 'good', told: `${own.join(', ')}: yours, beside ${names.length - own.length} of ours` }]
  })
}

function examineScenarios(): Finding[] {
  const folders = configuration()?.scenarios ?? []
  if (folders.length === 0) return []
  return attempt('scenarios', () => {
    const listed = listLibrary(folders)
    const instead = listed.filter(({ insteadOf }) => insteadOf !== undefined)
    if (instead.length === 0) return []
    return [{ about: 'scenarios', verdict: 'note', told: `${instead.map(({ name }) => name).join(', ')}: yours, in place of the library's of the same name` }]
  })
}

/** What keeps a start from succeeding is told, not thrown. */
function attempt(about: string, look: () => Finding[]): Finding[] {
  try {
    return look()
  } catch (error) {
    return [{ about, verdict: 'bad', told: (error as Error).message }]
  }
}
