/** Every code that a {@link MockSuiteError} may carry; `docs/errors.md` explains each, and a test holds both together. */
export type ErrorCode =
  | 'bad-acceptance'
  | 'bad-bundle'
  | 'bad-config'
  | 'bad-duration'
  | 'bad-import'
  | 'bad-instant'
  | 'bad-mock'
  | 'bad-option'
  | 'bad-recording'
  | 'bad-scenario'
  | 'bad-upstream'
  | 'bad-world'
  | 'dangling-reference'
  | 'duplicate-key'
  | 'instance-running'
  | 'invalid-record'
  | 'no-state'
  | 'not-ready'
  | 'not-running'
  | 'not-stopped'
  | 'port-taken'
  | 'unknown-key'
  | 'unknown-lane'
  | 'unknown-operation'
  | 'unknown-scenario'
  | 'unknown-service'
  | 'unknown-table'

/**
 * Something that we, or our user, got wrong; never a vendor's refusal and never the weather.
 * The message has three beats: what failed, why, and what to do.
 */
export class MockSuiteError extends Error {
  override readonly name = 'MockSuiteError'
  readonly code: ErrorCode
  /** What is wrong member by member, where the error is about a record. */
  readonly issues: readonly RecordIssue[]

  constructor(code: ErrorCode, message: string, { issues = [], ...options }: ErrorOptions & { issues?: readonly RecordIssue[] } = {}) {
    super(message, options)
    this.code = code
    this.issues = issues
  }

  /** By name: the program, each of its commands and the library have a copy of this class, and an error goes from one to the other. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'MockSuiteError'
  }
}

export interface RecordIssue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}
