import type { Json } from './canonical-json.ts'
import { parseWakeTime } from './durations.ts'
import type { CancelRule, DebounceRule, ThrottleRule } from './function-config.ts'
import { checkExpression, checkMembers, checkPeriod, checkWhole, invalid } from './option-checks.ts'

/** Reads `cancelOn`, which the SDK registers as `cancel`. @throws RegistrationError naming what is wrong */
export function parseCancel(id: string, value: Json): CancelRule[] {
  if (value === null) return []
  if (!Array.isArray(value)) throw invalid(id, 'cancelOn must be an array')
  return value.map((item) => {
    const {
      event,
      if: condition = null,
      timeout = null,
    } = checkMembers(id, 'cancelOn', item, ['event', 'if', 'timeout'])
    if (typeof event !== 'string' || event === '') throw invalid(id, 'cancelOn needs an event')
    if (timeout !== null && (typeof timeout !== 'string' || parseWakeTime(timeout, 0) === undefined)) {
      throw invalid(id, `cancelOn.timeout ${JSON.stringify(timeout)} is neither a duration nor a date`)
    }
    return {
      event,
      ...(condition === null || condition === ''
        ? {}
        : { if: checkExpression(id, 'cancelOn.if', condition) }),
      ...(timeout === null ? {} : { timeout }),
    }
  })
}

/** Reads `debounce`. @throws RegistrationError naming what is wrong */
export function parseDebounce(id: string, value: Json): DebounceRule | undefined {
  if (value === null) return undefined
  const {
    period,
    timeout = null,
    key = null,
  } = checkMembers(id, 'debounce', value, ['period', 'timeout', 'key'])
  return {
    periodMs: checkPeriod(id, 'debounce.period', period),
    ...(timeout === null ? {} : { timeoutMs: checkPeriod(id, 'debounce.timeout', timeout) }),
    ...(key === null ? {} : { key: checkExpression(id, 'debounce.key', key) }),
  }
}

/** Reads `throttle`. @throws RegistrationError naming what is wrong */
export function parseThrottle(id: string, value: Json): ThrottleRule | undefined {
  if (value === null) return undefined
  const {
    limit,
    period,
    burst = null,
    key = null,
  } = checkMembers(id, 'throttle', value, ['limit', 'period', 'burst', 'key'])
  return {
    limit: checkWhole(id, 'throttle.limit', limit, 1),
    burst: burst === null ? 0 : checkWhole(id, 'throttle.burst', burst, 0),
    periodMs: checkPeriod(id, 'throttle.period', period),
    ...(key === null ? {} : { key: checkExpression(id, 'throttle.key', key) }),
  }
}

/** Reads `priority`: the expression of its one member. @throws RegistrationError naming what is wrong */
export function parsePriority(id: string, value: Json): string | undefined {
  if (value === null) return undefined
  const { run = null } = checkMembers(id, 'priority', value, ['run'])
  return run === null ? undefined : checkExpression(id, 'priority.run', run)
}
