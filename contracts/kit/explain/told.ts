import type { Asked } from './asked.ts'
import type { Found } from './nearest-operations.ts'
import { listed, shownText } from './shown.ts'
import { unreadable } from './unreadable.ts'

/** Why a request was refused, in one line. */
export function toldOf(found: readonly Found[], asked: Asked, path: string): string {
  const [best] = found
  const name = best === undefined ? asked.service : `${best.candidate.service}.${best.candidate.operation}`
  const request = `${shownText(asked.method)} ${shownText(path)}`
  switch (asked.problem) {
    case 'unknown-operation':
      return asked.operation === undefined
        ? `${request}: ${asked.service} has no operation there${elsewhere(best, asked)}`
        : `${request}: ${name} has nothing there`
    case 'method-not-allowed':
      return `${request}: ${asked.service} takes ${methods(found, asked)} there, and no ${shownText(asked.method)}`
    case 'moved':
      return `${request}: ${asked.service} redirects, for a slash at the end`
    case 'unreadable':
      return `${asked.service} could not read a request: ${unreadable(asked.body)}`
    case 'too-large':
      return `${request}: the body is larger than ${name} reads`
    case 'unsupported-media-type':
      return `${request}: ${name} does not read bodies of this media type`
    case 'malformed-body':
      return `${request}: the body is not JSON, as ${name} wants it`
    case 'undecodable-body':
      return `${request}: ${name} cannot decode the body`
    case 'unauthorized':
    case 'forbidden':
      return `${request}: ${name} refuses the credential${missing(best)}`
    case 'invalid':
      return `${request}: ${name} refuses ${places(best)}`
  }
}

function elsewhere(best: Found | undefined, asked: Asked): string {
  if (best === undefined) return ', and nothing like it runs'
  const { service, criteria } = best.candidate
  const only = criteria.filter(({ part }) => part === 'path' || part === 'method').every(({ met }) => met)
  if (service === asked.service || !only) return ''
  return `; ${(criteria.find(({ part }) => part === 'service')?.expected ?? service).replace(/(?=,|$)/, ' has it')}`
}

function methods(found: readonly Found[], asked: Asked): string {
  const here = found.filter(({ candidate, judged }) => candidate.service === asked.service && judged.reading.match !== undefined)
  return listed([...new Set(here.map(({ operation }) => operation.method))]) || 'another method'
}

function missing(best: Found | undefined): string {
  return best?.candidate.criteria.some(({ part, got }) => part === 'credential' && got === null) ? ': there is none' : ''
}

function places(best: Found | undefined): string {
  const places = best?.candidate.criteria.flatMap((criterion) => (criterion.met ? [] : criterion.part === 'body' ? bodyPlaces(best) : [criterion.part])) ?? []
  return listed([...new Set(places)], 4) || 'the request'
}

function bodyPlaces({ candidate: { body } }: Found): string[] {
  const pointers = body.filter(({ refused }) => refused).map(({ pointer, change }) => `${pointer === '' ? 'the body' : shownText(pointer)} (${change})`)
  return pointers.length === 0 ? ['the body'] : pointers
}
