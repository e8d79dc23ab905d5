import { control } from '../../../contracts/control.ts'
import { pointerOf } from '../../../contracts/kit/conform.ts'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { BODY_LIMIT } from '../../../contracts/kit/message.ts'
import type { Refusal } from '../../../contracts/kit/problem.ts'
import { problem } from '../../../contracts/kit/problem-json.ts'

/** The refusal that says what went wrong: an error of our user's with its own code, one of Express by its status, all else as our failure. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof MockSuiteError) return mistaken(error)
  const { status, message } = error as { status?: unknown; message?: unknown }
  if (status === 413) return control.errors.render({ kind: 'too-large', limit: BODY_LIMIT })
  if (status === 415) return problem(415, 'unsupported-media-type', String(message))
  if (status === 400) return control.errors.render({ kind: 'unreadable', detail: String(message) })
  return problem(500, 'failed', 'mock-suite failed at this. Its standard error has the stack.')
}

function mistaken({ code, message, issues }: MockSuiteError): Refusal {
  const status = code.startsWith('unknown-') ? 404 : code === 'not-running' ? 409 : 422
  return problem(
    status,
    code,
    message,
    issues.map((issue) => ({ in: 'body', pointer: pointerOf(issue.path), detail: issue.message })),
  )
}
