/** What went wrong, in words. Of several addresses that were tried Node tells one by one, and says nothing of the whole. */
export function messageOf(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message
  return error.errors.map(({ message }: Error) => message).join('; ')
}

/** What went wrong, as Node and undici call it: `ECONNRESET`. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? ''
}
