import type { Contract, Example, Operation } from '../../contracts/kit/contract.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'
import { authText, statuses } from './contract-data.ts'

type Paint = Pick<Terminal, 'paint'>

/** A contract as a person reads it: where, how to get in, what it can do. */
export function contractText({ service, title, port, host, env, auth, operations }: Contract, { paint }: Paint): string {
  const rows = Object.entries(operations).map(([name, { method, path, details }]) => [name, method, path, details().evidence, details().summary])
  return [
    paint('bold', title),
    columns([
      ['service', service],
      ['address', `${host}:${port}`],
      ['read by', Object.keys(env).join(', ') || 'nobody'],
      ['auth', authText(auth)],
    ]),
    '',
    columns([['operation', '', '', 'evidence', ''], ...rows]),
  ].join('\n')
}

/** One operation: all that is agreed about it, and an example. */
export function operationText(contract: Contract, name: string, { method, path, details }: Operation, { paint }: Paint): string {
  const { summary, auth, responses, evidence, source, examples } = details()
  const [first] = Object.entries(examples)
  return [
    `${paint('bold', `${method} ${path}`)}  ${contract.service}.${name}`,
    `  ${summary}`,
    '',
    columns([
      ['auth', authText(auth ?? contract.auth)],
      ['statuses', statuses(responses).join(', ')],
      ['evidence', evidence],
      ['source', source],
    ]),
    ...(first === undefined ? [] : ['', exampleTitle(first), ...exampleLines(contract, method, path, first[1])]),
  ].join('\n')
}

function exampleTitle([title, { after = [] }]: [string, Example]): string {
  return `  example: ${title}${after.length === 0 ? '' : `, after ${after.map(({ operation }) => operation).join(', ')}`}`
}

function exampleLines({ host, port }: Contract, method: string, path: string, { params = {}, query, headers = {}, body, reply }: Example): string[] {
  const target = path.replace(/:(\w+)/g, (all, name: string) => params[name] ?? all) + (query === undefined ? '' : `?${new URLSearchParams(query)}`)
  const block = (value: unknown) => (value === undefined ? [] : (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)).split('\n'))
  return [
    ...[`${method} http://${host}:${port}${target}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), ...block(body)].map(
      (line) => `  > ${line}`,
    ),
    ...[String(reply.status), ...block(reply.body)].map((line) => `  < ${line}`),
  ]
}
