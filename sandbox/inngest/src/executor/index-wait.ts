import { compileExpression, valueAt } from '../expressions/expression.ts'
import { canonicalJson, type JsonObject } from '../protocol/canonical-json.ts'
import type { Wait } from '../store/waits.ts'

/** A wait about to be stored, found later by the value its expression asks for. */
export function indexWait(
  wait: Omit<Wait, 'expression' | 'matchPath' | 'matchValue'>,
  source: string | undefined,
  trigger: JsonObject,
): Wait {
  const equality = source === undefined ? undefined : compileExpression(source).equality
  return {
    ...wait,
    expression: source ?? null,
    matchPath: equality ? JSON.stringify(equality.async) : '',
    matchValue: equality ? canonicalJson(valueAt(trigger, equality.event)) : '',
  }
}
