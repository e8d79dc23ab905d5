/** What pydantic says of a value, by the name of the error; `ctx` holds the words between braces. */
const messages: Readonly<Record<string, string>> = {
  bool_parsing: 'Input should be a valid boolean, unable to interpret input',
  bool_type: 'Input should be a valid boolean',
  date_from_datetime_inexact: 'Datetimes provided to dates should have zero time - e.g. be exact dates',
  date_from_datetime_parsing: 'Input should be a valid date or datetime, {error}',
  date_parsing: 'Input should be a valid date in the format YYYY-MM-DD, {error}',
  date_type: 'Input should be a valid date',
  datetime_from_date_parsing: 'Input should be a valid datetime or date, {error}',
  datetime_parsing: 'Input should be a valid datetime, {error}',
  datetime_type: 'Input should be a valid datetime',
  dict_type: 'Input should be a valid dictionary',
  enum: 'Input should be {expected}',
  extra_forbidden: 'Extra inputs are not permitted',
  finite_number: 'Input should be a finite number',
  float_parsing: 'Input should be a valid number, unable to parse string as a number',
  float_type: 'Input should be a valid number',
  greater_than: 'Input should be greater than {gt}',
  greater_than_equal: 'Input should be greater than or equal to {ge}',
  int_from_float: 'Input should be a valid integer, got a number with a fractional part',
  int_parsing: 'Input should be a valid integer, unable to parse string as an integer',
  int_parsing_size: 'Unable to parse input string as an integer, exceeded maximum size',
  int_type: 'Input should be a valid integer',
  less_than: 'Input should be less than {lt}',
  less_than_equal: 'Input should be less than or equal to {le}',
  list_type: 'Input should be a valid list',
  literal_error: 'Input should be {expected}',
  missing: 'Field required',
  model_attributes_type: 'Input should be a valid dictionary or object to extract fields from',
  multiple_of: 'Input should be a multiple of {multiple_of}',
  none_required: 'Input should be None',
  string_pattern_mismatch: "String should match pattern '{pattern}'",
  string_too_long: 'String should have at most {max_length} characters',
  string_too_short: 'String should have at least {min_length} characters',
  string_type: 'Input should be a valid string',
  too_long: 'List should have at most {max_length} items after validation, not {actual_length}',
  too_short: 'List should have at least {min_length} items after validation, not {actual_length}',
  union_tag_invalid: "Input tag '{tag}' found using {discriminator} does not match any of the expected tags: {expected_tags}",
  union_tag_not_found: 'Unable to extract tag using discriminator {discriminator}',
  uuid_parsing: 'Input should be a valid UUID, {error}',
  uuid_type: 'UUID input should be a string, bytes or UUID object',
  value_error: 'Value error, {error}',
}

export type Context = Readonly<Record<string, unknown>>

/** The sentence for an error, with its blanks filled and `1 items` put right. */
export function messageOf(type: string, ctx: Context = {}): string {
  const template = messages[type] ?? type
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(ctx[name])).replace(/\b(at (?:least|most) 1 (?:character|item))s\b/, '$1')
}
