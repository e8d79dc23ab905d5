/** What stands where a secret was to be put, and was not: no secret by itself, and the whole answer to why it was refused. */
const UNFILLED = /^(?:|\$\{?\w+\}?|%\w+%|\{\{.*\}\}|<.*>|undefined|null|none|nil|nan|true|false|\[object \w+\])$/i

export const isUnfilled = (value: string): boolean => UNFILLED.test(value)
