import { idForm } from '../../drift/shape/id-form.ts'
import type { Contract } from '../../kit/contract.ts'
import { createRouter } from '../../kit/match.ts'
import { identifier } from '../identifier.ts'
import { type PathGroup, pathGroups, segmentsOf, unescaped } from './path-groups.ts'
import type { Sample } from './sample.ts'

/** The address of one operation, as it was found among concrete ones. */
export interface PathTemplate {
  method: Sample['method']
  /** `/users/:user_id/profile` */
  path: `/${string}`
  /** The operation's name, where the recording or a contract says it. */
  name: string | undefined
  /** What is not certain about it. */
  guess?: string
}

/** The addresses behind the samples: what a contract knows first, then what the recording names, then what their segments look like. */
export function pathTemplates(samples: readonly Sample[], contract?: Contract): PathTemplate[] {
  const known = contract === undefined ? undefined : createRouter(contract)
  const templates = new Map<string, PathTemplate>()
  const unknown: Sample[] = []
  for (const sample of samples) {
    const match = known?.match(sample.method, sample.path)
    if (match === undefined || 'kind' in match) unknown.push(sample)
    else add(templates, { method: sample.method, path: match.operation.path as `/${string}`, name: match.name })
  }
  for (const group of pathGroups(unknown)) add(templates, templateOf(group))
  return [...templates.values()]
}

function add(templates: Map<string, PathTemplate>, template: PathTemplate): void {
  const key = `${template.method} ${template.path.replace(/:\w+/g, ':')}`
  if (!templates.has(key)) templates.set(key, template)
}

function templateOf({ method, segments, operation, samples, guess }: PathGroup): PathTemplate {
  const taken = new Set<string>()
  const written = segments.map((segment, at) => {
    if (segment !== undefined) return segment
    const wanted = paramName(
      segments[at - 1],
      samples.map(({ path }) => unescaped(segmentsOf(path)[at] ?? '')),
    )
    let name = wanted
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${number}`
    taken.add(name)
    return `:${name}`
  })
  return { method, path: `/${written.join('/')}`, name: operation, ...(guess === undefined ? {} : { guess }) }
}

/** `/users/123` names a `user_id`. */
function paramName(before: string | undefined, values: readonly string[]): string {
  const forms = new Set(values.map(idForm))
  const [form] = forms
  if (forms.size === 1 && (form === 'date' || form === 'email')) return form
  if (values.every((value) => /^\d+(?:\.\d+)+/.test(value))) return 'version'
  const thing =
    before === undefined
      ? ''
      : singular(
          identifier(unescaped(before), '')
            .replaceAll(/(?<=[a-z\d])[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)
            .replaceAll(/\W/g, ''),
        )
  if (thing === '') return 'id'
  return forms.has(undefined) && forms.size === 1 ? `${thing}_name` : `${thing}_id`
}

/** Of an English noun, as far as paths need it. */
export function singular(noun: string): string {
  if (/(?:ss|us|is)$/i.test(noun)) return noun
  if (/ies$/i.test(noun)) return noun.replace(/ies$/i, 'y')
  return noun.replace(/(?<=ss|us|x|ch|sh)es$|s$/i, '')
}
