/**
 * The statements of a migration file. A statement ends with a semicolon at the end of a line; lines that begin with
 * `--` are comments. Enough for files written for it (no stored procedures), and never wrong inside a string that has
 * no such line end.
 */
export function splitStatements(sql: string): string[] {
  return sql
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;[ \t]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
