import { expect, test } from 'vitest'
import { contracts } from '../../contracts/services.ts'
import type { ServiceName } from '../../mocks/index.ts'
import { heldDays } from './held-days.ts'
import { recordedDay } from './recorded-day.ts'

test.each(Object.keys(contracts) as ServiceName[])('ten recordings of an unchanged provider of %s give no finding', async (service) => {
  const days = await Promise.all(
    Array.from({ length: 10 }, (_, day) => recordedDay(service, { version: '1.0.0', seed: day, at: `2026-01-${10 + day}T09:15:30Z` })),
  )
  const report = await heldDays(days, { services: [service] })
  expect(report.findings.map(({ id, realSays, fakeSays }) => `${id}: ${realSays} / ${fakeSays}`)).toEqual([])
  expect(report.counts.exchanges).toBeGreaterThan(10)
})
