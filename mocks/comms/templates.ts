import * as z from 'zod'
import { table } from '../kit/table.ts'

const Template = () =>
  z.strictObject({
    id: z.string().min(1),
    name: z.string(),
    category: z.string(),
    subject: z.string(),
    /** Empty when no e-mail can be made of it. */
    text: z.string(),
    html: z.string(),
    /** Empty when no SMS can be made of it. */
    sms: z.string(),
  })

export type Template = z.output<ReturnType<typeof Template>>

/** What messages are made of; a test may add its own. */
export const templates = table(Template, { key: 'id' })

/** No provider source shows a template. Inferred: one needs just what its clients never leave out, or put words of their own for (C1 §4.1, §4.2). */
export const templateRows = (): Template[] => [
  {
    id: 'signal_notification',
    name: 'Signal notification',
    category: 'signals',
    subject: '{{ signal_type }} signal: {{ symbol }}',
    ...letter('{{ message }}', [
      { label: 'Signal', value: 'signal_type' },
      { label: 'Symbol', value: 'symbol' },
      { label: 'Instrument', value: 'instrument_key', optional: true },
      { label: 'Value', value: 'value', optional: true },
      { label: 'Priority', value: 'priority', optional: true },
      { label: 'Time', value: 'timestamp', optional: true },
      { label: 'Reference', value: 'signal_id', optional: true },
    ]),
    sms: '{{ signal_type }} {{ symbol }}: {{ message }}{% if value %} ({{ value }}){% endif %}',
  },
  {
    id: 'command_response',
    name: 'Command response',
    category: 'commands',
    subject: 'Re: {{ command }}',
    ...letter('{{ message }}', [
      { label: 'Command', value: 'command' },
      { label: 'Result', value: 'result_data', optional: true },
    ]),
    sms: '{{ command }}: {{ message }}',
  },
  {
    id: 'signal_alert',
    name: 'Signal alert',
    category: 'signals',
    subject: 'Signal alert: {{ signal or signal_type }}{% if symbol or instrument %} on {{ symbol or instrument }}{% endif %}',
    ...letter('{% if user_name %}Hello {{ user_name }}, {% endif %}{% if message %}{{ message }}{% else %}a signal that you follow has fired.{% endif %}', [
      { label: 'Signal', value: 'signal or signal_type' },
      { label: 'Instrument', value: 'symbol or instrument or instrument_key', optional: true },
      { label: 'Price', value: 'price or value', optional: true },
      { label: 'Confidence', value: 'confidence', optional: true },
      { label: 'Time', value: 'timestamp', optional: true },
    ]),
    sms: 'Signal alert: {{ signal or signal_type }}{% if symbol or instrument %} {{ symbol or instrument }}{% endif %}{% if price or value %} @ {{ price or value }}{% endif %}',
  },
]

interface Line {
  label: string
  value: string
  optional?: boolean
}

/** The same letter as text and as HTML: a sentence, and a line for each thing to know. */
function letter(opening: string, lines: readonly Line[]): { text: string; html: string } {
  return {
    text: [opening, '', ...lines.flatMap(({ label, value, optional }) => unless(optional, value, `${label}: {{ ${value} }}`)), '', FOOTER].join('\n'),
    html: [
      '<!doctype html>',
      '<html lang="en">',
      '<body style="font-family: sans-serif">',
      `<p>${opening}</p>`,
      '<table>',
      ...lines.flatMap(({ label, value, optional }) => unless(optional, value, `<tr><th align="left">${label}</th><td>{{ ${value} }}</td></tr>`)),
      '</table>',
      `<p><small>${FOOTER}</small></p>`,
      '</body>',
      '</html>',
    ].join('\n'),
  }
}

const FOOTER = 'You get this message because you subscribed to signals.'

function unless(optional: boolean | undefined, value: string, line: string): string[] {
  return optional ? [`{% if ${value} %}`, line, '{% endif %}'] : [line]
}
