import type { Entry } from '../../contracts/control.ts'
import type { Terminal } from '../kit/terminal.ts'
import { explanationReport } from './explanation.ts'

/** One exchange in one line; with its headers and bodies below when asked for. */
export function exchangeText(entry: Entry, { paint }: Pick<Terminal, 'paint'>, { verbose }: { verbose: boolean }): string {
  const { seq, at, service, operation, direction, request, milliseconds } = entry
  const arrow = direction === 'out' ? '→' : ' '
  const line = `${String(seq).padStart(5)}  ${at}  ${ending(entry, paint)} ${arrow} ${service}.${operation ?? (direction === 'out' ? 'callback' : '?')}  ${request.method} ${request.target}  ${Math.round(milliseconds)} ms`
  const why = entry.explanation
    ? [explanationReport(entry.explanation, { paint }, '       ')]
    : remarks(entry).map((remark) => `       ${paint('yellow', remark)}`)
  return [line, ...why, ...(verbose ? bodies(entry) : [])].join('\n')
}

function ending({ outcome, status }: Entry, paint: Terminal['paint']): string {
  if (status === null) return paint('red', outcome)
  return paint(status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green', String(status))
}

function remarks({ faults, problem, violations, unknown, failure, gone, operation, direction, explanation }: Entry): string[] {
  return [
    ...faults.map(({ scenario, rule, told, off_contract: lie }) => `${scenario}, ${rule}: ${told}${lie === null ? '' : ` (on purpose: ${lie})`}`),
    ...(operation === null && direction === 'in' && !explanation ? ['no operation took this request'] : []),
    ...(problem === null || operation === null || explanation ? [] : [`refused: ${problem}`]),
    ...violations.map(({ part, pointer, message }) => `broke the contract: ${part} ${pointer}: ${message}`),
    ...(unknown.length === 0 || explanation ? [] : [`members that the contract does not name: ${unknown.join(', ')}`]),
    ...(failure === null ? [] : [`the handler failed: ${failure}`]),
    ...(gone ? ['the client left before it was answered'] : []),
  ]
}

function bodies({ request, reply }: Entry): string[] {
  return [...message('>', request), ...(reply === null ? [] : message('<', reply))]
}

function message(mark: string, { headers, body }: { headers: readonly [string, string][]; body: string }): string[] {
  const lines = [...headers.map(([name, value]) => `${name}: ${value}`), ...(body === '' ? [] : ['', ...body.trimEnd().split('\n')])]
  return lines.map((line) => `       ${mark} ${line}`.trimEnd())
}
