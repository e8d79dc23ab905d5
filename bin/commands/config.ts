import { relative } from 'node:path'
import { defineCommand } from '../kit/command.ts'
import { configuration } from '../kit/configuration/held.ts'
import { settingFlags } from '../kit/configuration/settings.ts'
import { toggle } from '../kit/flag.ts'
import { project } from '../kit/project.ts'
import { configurationInfo, settingsOf, settingsText } from '../reports/settings.ts'

export const config = defineCommand({
  flags: { ...settingFlags, explain: toggle('every flag, also those that nobody has set, and who gave it another value in vain') },
  output: configurationInfo,
  examples: ['mock-suite config', 'mock-suite config --explain', 'mock-suite config --lanes 8 --json'],
  async run({ flags, origins, terminal }) {
    const { contracts, replaced, scenarios, recordings } = await project()
    const file = configuration()
    const own = Object.keys(file?.services ?? {})
    const settings = settingsOf(settingFlags, flags, origins)
    const about = {
      file: file === undefined ? null : relative(process.cwd(), file.file),
      services: Object.keys(contracts).map((name) => ({
        name,
        from: own.includes(name) ? ('configuration' as const) : ('mock-suite' as const),
        replaces: replaced.includes(name),
      })),
      scenarios: scenarios.map((folder) => relative(process.cwd(), folder)),
      recordings,
    }
    terminal.print(
      flags.json ? terminal.json({ ...about, settings }) : settingsText(about, flags.explain ? settings : settings.filter(({ from }) => from !== 'default')),
    )
    return undefined
  },
})
