import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import type { Json, JsonObject } from '../protocol/canonical-json.ts'
import { isJsonObject } from '../protocol/canonical-json.ts'

/** What an expression may look at: `event` is the trigger, `async` a later event (cancelOn, waitForEvent). */
export type ExpressionInput = { event: JsonObject; async?: JsonObject }

/** A checked expression, ready to be evaluated any number of times. */
export type Expression = {
  source: string
  /** The value, or undefined when it can't be computed for this input (a type mismatch, for example). */
  evaluate: (input: ExpressionInput) => unknown
  /** A part of the form `event.a == async.b` that has to hold for the whole to be true, if there is one. */
  equality: Equality | undefined
}

/** The two members that have to be equal: paths below `event` and below `async`. */
export type Equality = { event: string[]; async: string[] }

/** The text is no expression the server can evaluate. */
export class ExpressionError extends Error {
  override name = 'ExpressionError'
}

const environment = new Environment({ unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: false })
  .registerVariable('event', 'dyn')
  .registerVariable('async', 'dyn')
  // On the real server something missing is less than any number.
  .registerOperator('null < int: bool', () => true)
  .registerOperator('null < double: bool', () => true)
  .registerOperator('null <= int: bool', () => true)
  .registerOperator('null <= double: bool', () => true)
  .registerOperator('null > int: bool', () => false)
  .registerOperator('null > double: bool', () => false)
  .registerOperator('null >= int: bool', () => false)
  .registerOperator('null >= double: bool', () => false)

/**
 * Checks an `if`, `key` or `idempotency` expression (CEL).
 *
 * @throws ExpressionError naming the place when the text does not parse or uses an unknown name
 */
export function compileExpression(source: string): Expression {
  let parsed: ReturnType<typeof environment.parse>
  try {
    parsed = environment.parse(source)
  } catch (error) {
    throw new ExpressionError(describe(source, error))
  }
  const check = parsed.check()
  if (!check.valid) throw new ExpressionError(describe(source, check.error))
  const paths = collectPaths(parsed.ast)
  return {
    source,
    equality: findEquality(parsed.ast),
    evaluate: (input) => {
      try {
        return parsed(withMissingAsNull({ event: input.event, async: input.async ?? {} }, paths))
      } catch {
        return undefined
      }
    },
  }
}

function describe(source: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `expression ${JSON.stringify(source)} is invalid: ${message.split('\n')[0] ?? ''}`
}

/** Every `event.a.b` of an expression, except those inside `has(…)`, which asks whether the member is there. */
function collectPaths(ast: ASTNode): string[][] {
  const paths: string[][] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit)
      return
    }
    if (!isNode(node)) return
    if (node.op === 'call' && Array.isArray(node.args) && node.args[0] === 'has') return
    const path = pathOf(node)
    if (path) {
      paths.push(path)
      return
    }
    visit(node.args)
  }
  visit(ast)
  return paths
}

/** Looks through what is joined by `&&` alone: anything else may be true without the part. */
function findEquality(node: unknown): Equality | undefined {
  if (!isNode(node) || !Array.isArray(node.args)) return undefined
  const [left, right]: unknown[] = node.args
  if (node.op === '&&') return findEquality(left) ?? findEquality(right)
  if (node.op !== '==' || !isNode(left) || !isNode(right)) return undefined
  const paths = [pathOf(left), pathOf(right)]
  const [event, async] = ['event', 'async'].map((root) => paths.find((path) => path?.[0] === root)?.slice(1))
  return event && async && event.length > 0 && async.length > 0 ? { event, async } : undefined
}

/** The member at a path, null where there is none: what the server compares. */
export function valueAt(value: Json, path: string[]): Json {
  let current = value
  for (const key of path) {
    if (!isJsonObject(current) || !Object.hasOwn(current, key)) return null
    current = current[key] ?? null
  }
  return current
}

type Node = { op: string; args: unknown }

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

function pathOf(node: Node): string[] | undefined {
  if (node.op === 'id') return typeof node.args === 'string' ? [node.args] : undefined
  if ((node.op !== '.' && node.op !== '[]') || !Array.isArray(node.args)) return undefined
  const [parent, last]: unknown[] = node.args
  const key = isNode(last) && last.op === 'value' ? last.args : last
  if (!isNode(parent) || typeof key !== 'string') return undefined
  const start = pathOf(parent)
  return start && [...start, key]
}

/** The input with null at each path that leads nowhere: to the real server a missing member is null. */
function withMissingAsNull(input: JsonObject, paths: string[][]): JsonObject {
  let root = input
  for (const path of paths) root = fill(root, path)
  return root
}

function fill(parent: JsonObject, [key, ...rest]: string[]): JsonObject {
  if (key === undefined) return parent
  const present = Object.hasOwn(parent, key)
  const child: Json = (present ? parent[key] : undefined) ?? null
  if (rest.length === 0) return present ? parent : { ...parent, [key]: null }
  if (isJsonObject(child)) {
    const filled = fill(child, rest)
    return filled === child ? parent : { ...parent, [key]: filled }
  }
  // Something missing in the middle: give the rest of the path somewhere to be null in.
  return child === null ? { ...parent, [key]: fill({}, rest) } : parent
}
