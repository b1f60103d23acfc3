import type { SQLInputValue, StatementSync } from 'node:sqlite'

/**
 * The only place where a row becomes a typed object. Sound because every table is STRICT and NOT NULL is declared
 * where the type has no null; the caller's column list has to match the type.
 */
export function one<Row>(statement: StatementSync, ...values: SQLInputValue[]): Row | undefined {
  return statement.get(...values) as Row | undefined
}

/** All rows of a query; the same guarantee as `one`. */
export function all<Row>(statement: StatementSync, ...values: SQLInputValue[]): Row[] {
  return statement.all(...values) as Row[]
}
