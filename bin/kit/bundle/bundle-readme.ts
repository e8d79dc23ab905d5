import type { Manifest } from '../../../contracts/bundle.ts'
import { plural } from '../../reports/plural.ts'

/** What somebody reads who finds the folder among the artifacts of a build. */
export function bundleReadme({ versions, written_at: at, command, exit_code: code, lanes }: Manifest): string {
  const ran = command === null ? '' : ` It belongs to \`${command.join(' ')}\`${code === null ? '' : `, which ended with ${code}`}.`
  return `# What happened

This folder holds all that the fakes of mock-suite ${versions.mock_suite} saw and did until ${at} (Node ${versions.node}, ${versions.platform}).${ran}

${lanes.map(laneText).join('\n')}

Do it all again, without ports and without waiting, and see whether every request has the same outcome. From the project that it is of, whose own services are then there:

    mock-suite replay <this folder>

| file | is |
|---|---|
| \`bundle.json\` | where each lane began, and what was done to it besides asking it |
| \`lane-*.har\` | every exchange; the network panel of a browser opens it |
| \`state-*.json\` | the records in the end, by table |
| \`plan-*.json\` | what the scenarios that played would do, match by match |
| \`verification.json\` | whether the fakes were used as agreed |

Everything is in here as it was sent, credentials too. Those of the fakes are test data; what else your tests send is yours to judge before you publish it.
`
}

function laneText({ day, options }: Manifest['lanes'][number]): string {
  const what = `- Lane ${day.lane}: ${plural(day.arrivals, 'exchange')} with ${options.services.join(', ')} under seed ${options.seed}`
  return day.incomplete === null ? `${what}.` : `${what}. It is not whole: ${day.incomplete}. It cannot be done again.`
}
