import * as z from 'zod'
import type { Flags } from '../kit/flag.ts'
import type { Origin } from '../kit/parse.ts'
import { columns } from './columns.ts'

/** A flag, what it is, and who said so. */
const settingInfo = () =>
  z.strictObject({
    name: z.string(),
    /** As it may be shown: of what is secret, only that it is there. */
    value: z.unknown(),
    from: z.enum(['command line', 'environment', 'configuration', 'default']),
    where: z.string().nullable(),
    over: z.array(z.string()).readonly(),
  })

/** What is being configured, besides flags. */
const aboutFields = () => ({
  file: z.string().nullable(),
  services: z.array(z.strictObject({ name: z.string(), from: z.enum(['configuration', 'mock-suite']), replaces: z.boolean() })),
  scenarios: z.array(z.string()),
  recordings: z.string(),
})

export const configurationInfo = () => z.strictObject({ ...aboutFields(), settings: z.array(settingInfo()) })

type ConfigurationInfo = z.output<ReturnType<typeof configurationInfo>>
type ToldSetting = ConfigurationInfo['settings'][number]
type AboutConfiguration = Omit<ConfigurationInfo, 'settings'>

const SECRET: ReadonlySet<string> = new Set(['token'])

/** What each of these flags came to be. */
export function settingsOf(flags: Flags, values: Readonly<Record<string, unknown>>, origins: Readonly<Record<string, Origin>>): ToldSetting[] {
  return Object.keys(flags).flatMap((name) => {
    const origin = origins[name]
    if (origin === undefined) return []
    const value = values[name] ?? null
    return [{ name, value: value !== null && SECRET.has(name) ? '…' : value, ...origin, where: origin.where ?? null }]
  })
}

/** One line of `host = 0.0.0.0`. */
export const settingText = ({ name, value }: Pick<ToldSetting, 'name' | 'value'>): string => `${name} = ${shown(value)}`

/** Where it comes from, and who came too late. */
export function originText({ where, over }: Pick<ToldSetting, 'where' | 'over'>): string {
  return `${where ?? 'default'}${over.length === 0 ? '' : `, over ${over.join(' and ')}`}`
}

export function settingsText({ file, services, scenarios, recordings }: AboutConfiguration, settings: readonly ToldSetting[]): string {
  const mark = ({ name, from, replaces }: AboutConfiguration['services'][number]) =>
    from === 'mock-suite' ? name : `${name} (${replaces ? 'in place of ours' : 'yours'})`
  const rows = [
    ['file', file ?? 'none'],
    ['services', services.map(mark).join(', ')],
    ...(scenarios.length === 0 ? [] : [['scenarios', scenarios.join(', ')]]),
    ['recordings', recordings],
  ]
  const told = settings.map((setting) => [setting.name, shown(setting.value), originText(setting)])
  return [columns(rows), told.length === 0 ? '  Every flag has its default.' : columns(told)].join('\n\n')
}

function shown(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '-'
  return Array.isArray(value) ? value.join(', ') : String(value)
}
