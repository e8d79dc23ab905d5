import { UsageError } from './usage-error.ts'

/** A name as contracts, files and hosts can have it. */
export function serviceName(given: string | undefined): string | undefined {
  if (given === undefined || /^[a-z][a-z\d-]*$/.test(given)) return given
  throw new UsageError(`--service ${given}: a service is called in lower case, as orders or order-book`)
}
