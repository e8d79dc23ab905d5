/** Releases of FastAPI in the fleet. */
export type FastapiVersion = '0.104.1' | '0.115.0'

/** The pydantic that goes with each: they differ in what they take for a number or a date, and in how they say so. */
export type Dialect = '2.5' | '2.9'

export const dialectOf: Readonly<Record<FastapiVersion, Dialect>> = { '0.104.1': '2.5', '0.115.0': '2.9' }
