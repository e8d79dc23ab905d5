/** How a text shows that it names one thing among many: as a segment of a path, as a key of a map, as a value. */
export type IdForm = 'uuid' | 'integer' | 'date' | 'hex' | 'prefixed' | 'instrument' | 'email' | 'token'

/** In order: the first that fits is the answer. */
const FORMS: readonly (readonly [IdForm, RegExp])[] = [
  ['uuid', /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i],
  ['integer', /^-?\d+$/],
  ['date', /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/],
  ['hex', /^(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}$/i],
  ['prefixed', /^[a-z]+(?:_[a-z]+)*(?:(?:[_-]\d+)+|[_-](?=[a-z]*\d)[0-9a-z]{6,})$/i],
  ['instrument', /^[A-Z]{2,}[@|:][^\s/]+$/],
  ['email', /^[^@\s/]+@[^@\s/]+\.[a-z]{2,}$/i],
  ['token', /^(?:(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w-]{16,}|[0-9A-HJKMNP-TV-Z]{26})$/],
]

export function idForm(text: string): IdForm | undefined {
  return PLAIN.test(text) || text.length > 512 ? undefined : FORMS.find(([, form]) => form.test(text))?.[0]
}

/** Letters alone are a word: most texts, so they are told first. */
const PLAIN = /^[A-Za-z_-]*$/
