import type { Cell, Coverage, CoveredOperation } from '../../scenarios/kit/coverage.ts'
import type { Terminal } from '../kit/terminal.ts'
import { columns } from './columns.ts'

const HEAD = ['operation', 'calls', 'met', 'scripted, never met', 'never scripted']

/** Which failures were met, a line an operation. */
export function coverageText(coverage: Coverage, { paint }: Pick<Terminal, 'paint'>): string {
  const [head = '', ...lines] = columns([HEAD, ...coverage.operations.map(row)]).split('\n')
  return [summary(coverage), ...(coverage.operations.length === 0 ? [] : ['', paint('bold', head), ...lines])].join('\n')
}

/** The same for the page of a pull request. */
export function coverageMarkdown(coverage: Coverage): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [line(HEAD), line(HEAD.map(() => '---')), ...coverage.operations.map((operation) => line(row(operation)))]
  return [`**${summary(coverage)}**`, ...(coverage.operations.length === 0 ? [] : ['', ...table])].join('\n')
}

function summary({ percent, met, cells }: Coverage): string {
  return cells === 0 ? 'Nothing was called and nothing was scripted: there is nothing to meet.' : `${percent} %: ${met} of ${cells} failures were met`
}

function row({ service, operation, calls, cells }: CoveredOperation): string[] {
  const all = (state: Cell['state']) =>
    cells
      .filter((cell) => cell.state === state)
      .map(({ failure, times }) => (times > 1 ? `${failure} ×${times}` : failure))
      .join(', ') || '–'
  return [`${service}.${operation ?? '*'}`, String(calls), all('met'), all('scripted'), all('unscripted')]
}
