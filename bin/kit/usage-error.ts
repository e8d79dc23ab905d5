/** The command line was not understood: exit 2. The message says what was wrong and what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
