/** A refusal by the suite: it runs and was reached, but would not. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
