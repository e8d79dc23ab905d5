import { nearest } from '../../../contracts/kit/nearest.ts'
import type { Flag } from '../flag.ts'

const REPORT_FORMATS = ['junit', 'sarif', 'markdown', 'json', 'text'] as const
type ReportFormat = (typeof REPORT_FORMATS)[number]

/** A report that somebody wants in a file. */
export interface WantedReport {
  format: ReportFormat
  file: string
}

export const reportFlag: Flag<readonly WantedReport[]> = {
  summary: `write the verification to a file, as ${REPORT_FORMATS.join(', ')}; may be given more than once`,
  value: 'FORMAT=FILE',
  initial: [],
  shown: 'none',
  read(given, before) {
    const [format = '', file = ''] = given.split(/=(.*)/s)
    const known = REPORT_FORMATS.find((one) => one === format)
    if (known !== undefined && file !== '') return [...before, { format: known, file }]
    if (known !== undefined) throw new Error(`it wants a file: ${known}=verify.${known === 'junit' ? 'xml' : known}`)
    const meant = nearest(format, REPORT_FORMATS)
    throw new Error(`a format is one of ${REPORT_FORMATS.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}=${file}?`}`)
  },
}
