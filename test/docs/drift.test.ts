import { test } from 'vitest'
import { CHANGES, VERDICTS } from '../../bin/reports/drift-words.ts'
import type { Change } from '../../contracts/drift/finding.ts'
import { severityOf } from '../../contracts/drift/severity.ts'
import { code, expectPart, tableOf } from './generated.ts'

test('the page of drift lists every verdict and what to do about it', () => {
  const rows = Object.entries(VERDICTS).map(([verdict, { title, help }]) => [code(verdict), title, help])
  expectPart('docs/drift.md', 'verdicts', tableOf(['verdict', '', 'what to do'], rows))
})

test('the page of drift lists every change and how much it hurts', () => {
  const rows = (Object.entries(CHANGES) as [Change, string][]).map(([change, told]) => {
    const [read, unread] = [true, false].map((read) => severityOf({ change, read, direction: 'reply' }, 200))
    return [code(change), told, read ?? '', unread ?? '']
  })
  expectPart('docs/drift.md', 'changes', tableOf(['change', 'what was found', 'where it is read', 'elsewhere'], rows))
})
