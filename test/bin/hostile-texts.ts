/** What a client or a real service may call things, and no report may stumble over. */
export const HOSTILE = [
  '\u001b[31mred\u001b[0m',
  'a\nb\r\nc',
  ']]>',
  '"\'<&>',
  '\ud800',
  '\u0000\u0007\ufffe',
  'safe\u202etxt.exe',
  '::error::x',
  '`` ` | `',
  '</details>',
  '%0A',
  'a:b,c',
  '\u2028\u0085',
]
