import type { TrustedService } from '../../contracts/drift/trusted.ts'
import { visible } from '../../contracts/kit/visible.ts'
import type { Terminal } from '../kit/terminal.ts'
import { plural } from './plural.ts'

/** A line a service: trusted and by what, or not and why. */
export function trustText(services: readonly TrustedService[], { paint }: Pick<Terminal, 'paint'>): string {
  const width = Math.max(...services.map(({ service }) => service.length))
  return services
    .map(
      (one) =>
        `${one.trusted ? paint('green', '✓') : paint('red', '✗')} ${one.service.padEnd(width)}  ${visible(one.trusted ? grounds(one) : one.why.join('; '))}`,
    )
    .join('\n')
}

function grounds({ lastRecorded, proven, operations }: TrustedService): string {
  return `recorded ${lastRecorded?.slice(0, 10)}, ${proven} of ${plural(operations, 'operation')} proven, no open breaking drift`
}
