import type { Desk } from './alerts.ts'
import { channelNamed } from './channels.ts'
import { progressOf } from './progress.ts'
import { standingStatus } from './standing.ts'

/** Alerts by status and notifications by channel and status, in the text format of Prometheus. */
export function exposition({ tables, clock }: Desk): string {
  const now = clock.now()
  const alerts = tables.alerts.all()
  const notifications = alerts.flatMap((alert) =>
    alert.deliveries.map((delivery) => {
      const channel = channelNamed(delivery.channel)?.name ?? 'unsupported'
      return `channel="${channel}",status="${progressOf(alert, delivery, now).status}"`
    }),
  )
  return [
    ...family('alert_service_alerts', 'Alerts by status.', tally(alerts.map((alert) => `status="${standingStatus(alert, now)}"`))),
    ...family('alert_service_notifications', 'Notifications by channel and status.', tally(notifications)),
    '',
  ].join('\n')
}

/** Gauges, because both move back: an alert that was accepted is delivered later. */
function family(name: string, help: string, samples: ReadonlyMap<string, number>): string[] {
  const lines = [...samples].sort(([a], [b]) => (a < b ? -1 : 1)).map(([labels, value]) => `${name}{${labels}} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines]
}

function tally(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}
