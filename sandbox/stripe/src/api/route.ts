import type { FormObject } from '../http/form.ts'
import {
  integer,
  list,
  object,
  type Parameter,
  readParameters,
  type Shape,
  text,
  type ValuesOf,
} from '../http/parameters.ts'
import type { ObjectType, ObjectTypes } from '../objects/types.ts'
import type { Scope } from '../scope.ts'
import type { CreatedRange, Filter } from '../store/object-store.ts'

export type Method = 'GET' | 'POST' | 'DELETE'

/** One endpoint of the API. `:name` in the path is handed to the handler. */
export interface Route {
  method: Method
  path: string
  /** Reads the parameters and answers with the object as stored; `expand` is applied afterwards. */
  answer(scope: Scope, form: FormObject, path: Record<string, string>): { body: object; expand: string[] }
}

/** Declares an endpoint: its parameters are read by `shape`, and whatever is not in it is refused by name. */
export function route<S extends Shape>(
  method: Method,
  path: string,
  shape: S,
  handle: (scope: Scope, parameters: ValuesOf<S>, id: string) => object,
): Route {
  return {
    method,
    path,
    answer(scope, form, pathValues) {
      const { expand: sentExpand, ...own } = form
      const { expand = [] } = readParameters(
        { expand: list(text()) },
        sentExpand === undefined ? {} : { expand: sentExpand },
      )
      return { body: handle(scope, readParameters(shape, own), pathValues.id ?? ''), expand }
    },
  }
}

/** The parameters every list takes. */
export const pagination = {
  limit: integer({ min: 1, max: 100 }),
  starting_after: text(),
  ending_before: text(),
}

/** `created` as a list parameter: a time, or a range with gt, gte, lt and lte. */
export const createdRange: Parameter<CreatedRange, false> = {
  required: false,
  read(value, name, problems) {
    if (typeof value === 'string') {
      const exact = integer().read(value, name, problems)
      return exact === undefined ? undefined : { gte: exact, lte: exact }
    }
    const range = { gt: integer(), gte: integer(), lt: integer(), lte: integer() }
    return object(range).read(value, name, problems)
  },
}

export interface ListParameters {
  limit: number | undefined
  starting_after: string | undefined
  ending_before: string | undefined
  created?: CreatedRange | undefined
}

/** A page of stored objects as the API answers it. */
export function listAnswer<T extends ObjectType, Shown extends object = ObjectTypes[T]>(
  scope: Scope,
  type: T,
  url: string,
  parameters: ListParameters,
  filters: (Filter | undefined)[] = [],
  show?: (object: ObjectTypes[T]) => Shown,
): object {
  const { data, hasMore } = scope.objects.page(
    type,
    {
      limit: parameters.limit ?? 10,
      ...(parameters.starting_after === undefined ? {} : { startingAfter: parameters.starting_after }),
      ...(parameters.ending_before === undefined ? {} : { endingBefore: parameters.ending_before }),
    },
    filters.filter((filter) => filter !== undefined),
    parameters.created,
  )
  return { object: 'list', data: show ? data.map(show) : data, has_more: hasMore, url }
}

/** A filter for a list, if its parameter was sent. */
export function by(path: string, equals: string | number | boolean | undefined): Filter | undefined {
  return equals === undefined ? undefined : { path: `$.${path}`, equals }
}
