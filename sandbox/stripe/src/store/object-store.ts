import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { invalidRequest, noSuch } from '../http/stripe-error.ts'
import type { ObjectType, ObjectTypes } from '../objects/types.ts'

/** A comparison of one field of the stored JSON, for example `{ path: '$.customer', equals: 'cus_…' }`. */
export type Filter =
  | { path: string; equals: string | number | boolean }
  | { path: string; anyOf: string[] }
  /** For event types: everything that begins with these letters. */
  | { path: string; startsWith: string }

export interface CreatedRange {
  gt?: number
  gte?: number
  lt?: number
  lte?: number
}

export interface Page {
  limit: number
  startingAfter?: string
  endingBefore?: string
}

interface Row {
  seq: number
  body: string
}

const RANGE_OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

/** The stored objects of one account. Nothing here can reach another account's rows. */
export class ObjectStore {
  readonly #database: DatabaseSync
  readonly #account: string

  constructor(database: DatabaseSync, accountKey: string) {
    this.#database = database
    this.#account = accountKey
  }

  /** Stores a new object. `internal` is kept beside it and never shown. */
  insert<T extends ObjectType>(
    type: T,
    object: ObjectTypes[T] & { created: number },
    internal?: unknown,
  ): ObjectTypes[T] {
    this.#database
      .prepare('insert into objects (account, id, type, created, body, internal) values (?, ?, ?, ?, ?, ?)')
      .run(
        this.#account,
        object.id,
        type,
        object.created,
        JSON.stringify(object),
        internal === undefined ? null : JSON.stringify(internal),
      )
    return object
  }

  /** Replaces the body of a stored object. */
  save<T extends ObjectType>(type: T, object: ObjectTypes[T]): ObjectTypes[T] {
    this.#database
      .prepare('update objects set body = ? where account = ? and type = ? and id = ?')
      .run(JSON.stringify(object), this.#account, type, object.id)
    return object
  }

  remove(type: ObjectType, id: string): void {
    this.#database
      .prepare('delete from objects where account = ? and type = ? and id = ?')
      .run(this.#account, type, id)
  }

  /** Deletes an object but keeps its mark, so that what refers to it can still be expanded. */
  bury(type: ObjectType, id: string): { id: string; object: string; deleted: true } {
    const mark = { id, object: type, deleted: true } as const
    this.#database
      .prepare('update objects set type = ?, body = ? where account = ? and type = ? and id = ?')
      .run(`deleted.${type}`, JSON.stringify(mark), this.#account, type, id)
    return mark
  }

  find<T extends ObjectType>(type: T, id: string): ObjectTypes[T] | undefined {
    const row = this.#database
      .prepare('select body from objects where account = ? and type = ? and id = ?')
      .get(this.#account, type, id)
    return row === undefined ? undefined : this.#parse<T>(String(row.body))
  }

  /** The mark of a deleted object. */
  findDeleted(type: ObjectType, id: string): object | undefined {
    const row = this.#database
      .prepare('select body from objects where account = ? and type = ? and id = ?')
      .get(this.#account, `deleted.${type}`, id)
    return row === undefined ? undefined : JSON.parse(String(row.body))
  }

  /** Finds an object of any type by its id, for `expand`. */
  findAny(id: string): unknown {
    const row = this.#database
      .prepare('select body from objects where account = ? and id = ?')
      .get(this.#account, id)
    return row === undefined ? undefined : JSON.parse(String(row.body))
  }

  /**
   * @param param the parameter that named the id; `id` means the path of the request
   * @throws StripeError resource_missing, 404 for the path and 400 for a parameter
   */
  get<T extends ObjectType>(type: T, id: string, param = 'id'): ObjectTypes[T] {
    const object = this.find(type, id)
    if (object === undefined) throw noSuch(nounOf(type), id, param)
    return object
  }

  internal(type: ObjectType, id: string): unknown {
    const row = this.#database
      .prepare('select internal from objects where account = ? and type = ? and id = ?')
      .get(this.#account, type, id)
    return typeof row?.internal === 'string' ? JSON.parse(row.internal) : undefined
  }

  saveInternal(type: ObjectType, id: string, internal: unknown): void {
    this.#database
      .prepare('update objects set internal = ? where account = ? and type = ? and id = ?')
      .run(JSON.stringify(internal), this.#account, type, id)
  }

  /** All objects that match, newest first. */
  all<T extends ObjectType>(type: T, filters: Filter[] = []): ObjectTypes[T][] {
    return this.#select<T>(type, filters, undefined, '', [], 'desc', -1).map((row) =>
      this.#parse<T>(row.body),
    )
  }

  /**
   * One page of a list, newest first, as Stripe pages: `starting_after` and `ending_before` name an object of the list.
   *
   * @throws StripeError when the cursor names no such object
   */
  page<T extends ObjectType>(
    type: T,
    { limit, startingAfter, endingBefore }: Page,
    filters: Filter[] = [],
    created: CreatedRange = {},
  ): { data: ObjectTypes[T][]; hasMore: boolean } {
    if (startingAfter !== undefined && endingBefore !== undefined) {
      throw invalidRequest('You cannot parameterize both starting_after and ending_before.', {
        param: 'starting_after',
      })
    }
    const backwards = endingBefore !== undefined
    const cursor = backwards ? endingBefore : startingAfter
    const position =
      cursor === undefined
        ? undefined
        : this.#sequenceOf(type, cursor, backwards ? 'ending_before' : 'starting_after')
    const where = position === undefined ? '' : `and seq ${backwards ? '>' : '<'} ?`
    const rows = this.#select<T>(
      type,
      filters,
      created,
      where,
      position === undefined ? [] : [position],
      backwards ? 'asc' : 'desc',
      limit + 1,
    )
    const data = rows.slice(0, limit).map((row) => this.#parse<T>(row.body))
    return { data: backwards ? data.reverse() : data, hasMore: rows.length > limit }
  }

  #select<T extends ObjectType>(
    type: T,
    filters: Filter[],
    created: CreatedRange | undefined,
    extraWhere: string,
    extraValues: number[],
    direction: 'asc' | 'desc',
    limit: number,
  ): Row[] {
    const conditions: string[] = []
    const values: SQLInputValue[] = []
    for (const filter of filters) {
      // The path is written into the SQL so that SQLite can use the index on the same expression.
      const field = `json_extract(body, '${checkedPath(filter.path)}')`
      if ('equals' in filter) {
        conditions.push(`and ${field} = ?`)
        values.push(typeof filter.equals === 'boolean' ? Number(filter.equals) : filter.equals)
      } else if ('anyOf' in filter) {
        conditions.push(`and ${field} in (select value from json_each(?))`)
        values.push(JSON.stringify(filter.anyOf))
      } else {
        conditions.push(`and substr(${field}, 1, ?) = ?`)
        values.push(filter.startsWith.length, filter.startsWith)
      }
    }
    for (const [key, operator] of Object.entries(RANGE_OPERATORS)) {
      const bound = created?.[key as keyof CreatedRange]
      if (bound === undefined) continue
      conditions.push(`and created ${operator} ?`)
      values.push(bound)
    }
    return this.#database
      .prepare(
        `select seq, body from objects where account = ? and type = ? ${conditions.join(' ')} ${extraWhere}
         order by seq ${direction} limit ?`,
      )
      .all(this.#account, type, ...values, ...extraValues, limit)
      .map((row) => ({ seq: Number(row.seq), body: String(row.body) }))
  }

  #sequenceOf(type: ObjectType, id: string, param: string): number {
    const row = this.#database
      .prepare('select seq from objects where account = ? and type = ? and id = ?')
      .get(this.#account, type, id)
    if (row === undefined) throw noSuch(nounOf(type), id, param)
    return Number(row.seq)
  }

  // Only `insert` and `save` write bodies, and both are typed: what comes back is what was put in.
  #parse<T extends ObjectType>(body: string): ObjectTypes[T] {
    return JSON.parse(body) as ObjectTypes[T]
  }
}

function checkedPath(path: string): string {
  if (!/^\$(\.[a-z_]+)+$/.test(path)) throw new Error(`Not a path the store can filter by: ${path}`)
  return path
}

/** The word in "No such …". */
function nounOf(type: ObjectType): string {
  const words: Partial<Record<ObjectType, string>> = {
    payment_intent: 'payment_intent',
    payment_method: 'PaymentMethod',
    promotion_code: 'promotion code',
  }
  return words[type] ?? type
}
