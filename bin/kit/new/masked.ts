/** Comments and texts, in the order in which one may hide another. */
const SILENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g

/** Code of the same length in which comments and texts are blank, so that what is found in it is code. */
export const masked = (code: string): string => code.replace(SILENT, (silent) => silent.replace(/[^\n]/g, ' '))
