import { assertPossible, FAULT_KINDS, type Fault, type FaultKind } from './faults.ts'

/** A fault was described in a way that can't be understood. The message says what would be. */
export class FaultError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FaultError'
  }
}

/** What stands after the colon in `delay:500`, by kind. */
const AMOUNT: Partial<Record<FaultKind, (text: string, whole: string) => Partial<Fault>>> = {
  delay: (text, whole) => {
    const [delay = '', jitter, ...rest] = text.split('+')
    if (rest.length > 0)
      throw new FaultError(`“${whole}” has more than one “+”. Write it like delay:500+200.`)
    return {
      delayMs: toNumber(delay, whole),
      ...(jitter === undefined ? {} : { jitterMs: toNumber(jitter, whole) }),
    }
  },
  reorder: (text, whole) => ({ holdMs: toNumber(text, whole) }),
  status: (text, whole) => ({ status: toNumber(text, whole) }),
  cutRequest: (text, whole) => ({ afterBytes: toNumber(text, whole) }),
  cutResponse: (text, whole) => ({ afterBytes: toNumber(text, whole) }),
}

/** What may follow after commas, by the names of the fault's own fields. */
const OPTIONS: Record<string, (text: string, whole: string) => Partial<Fault>> = {
  probability: (text, whole) => ({ probability: toNumber(text, whole) }),
  times: (text, whole) => ({ times: toNumber(text, whole) }),
  seed: (text, whole) => ({ seed: toNumber(text, whole) }),
  method: (text) => ({ method: text.toUpperCase() }),
  path: (text) => ({ path: text }),
}

/**
 * Reads a fault as people write it: its name, an amount after a colon, and conditions after commas, for example
 * `delay:500+200`, `status:502,times=3` or `drop,probability=0.3,seed=7,path=/e/`.
 *
 * @throws FaultError naming the part that is not understood
 */
export function parseFault(text: string): Fault {
  const [head = '', ...options] = text.split(',')
  const [name = '', amount] = splitOnce(head, ':')
  const kind = toKind(name)
  let fault: Fault = { kind }
  if (amount !== undefined) {
    const read = AMOUNT[kind]
    if (read === undefined) throw new FaultError(`“${kind}” takes nothing after a colon: “${text}”.`)
    fault = { ...fault, ...read(amount, text) }
  }
  for (const option of options) {
    const [key = '', value] = splitOnce(option, '=')
    const read = OPTIONS[key]
    if (read === undefined || value === undefined) {
      throw new FaultError(
        `“${option}” is no condition. There are ${Object.keys(OPTIONS).join(', ')}, each with “=”.`,
      )
    }
    fault = { ...fault, ...read(value, text) }
  }
  return checked(fault)
}

const NUMBERS = [
  'probability',
  'times',
  'seed',
  'delayMs',
  'jitterMs',
  'holdMs',
  'status',
  'afterBytes',
] as const
const TEXTS = ['method', 'path'] as const

/**
 * Reads a fault from JSON: an object as `Fault` has it, or a text as `parseFault` reads it.
 *
 * @throws FaultError naming the field that is wrong or unknown
 */
export function readFault(value: unknown): Fault {
  if (typeof value === 'string') return parseFault(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FaultError(
      'A fault is an object with a kind, such as {"kind":"delay","delayMs":500}, or a text: "delay:500".',
    )
  }
  const entries = Object.entries(value)
  const fault: Fault = { kind: toKind(entries.find(([key]) => key === 'kind')?.[1]) }
  for (const [key, field] of entries) {
    const number = NUMBERS.find((name) => name === key)
    const words = TEXTS.find((name) => name === key)
    if (number !== undefined && typeof field === 'number') fault[number] = field
    else if (words !== undefined && typeof field === 'string') fault[words] = field
    else if (key !== 'kind') {
      throw new FaultError(
        `A fault has no “${key}” with this value. Numbers: ${NUMBERS.join(', ')}; texts: kind, ${TEXTS.join(', ')}.`,
      )
    }
  }
  return checked(fault)
}

function checked(fault: Fault): Fault {
  try {
    assertPossible(fault)
  } catch (error) {
    throw new FaultError(error instanceof Error ? error.message : String(error))
  }
  return fault
}

function toKind(value: unknown): FaultKind {
  const kind = FAULT_KINDS.find((name) => name === value)
  if (kind === undefined)
    throw new FaultError(`“${String(value)}” is no fault. There are ${FAULT_KINDS.join(', ')}.`)
  return kind
}

function toNumber(text: string, whole: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new FaultError(`“${text}” in “${whole}” is no number.`)
  return Number(text)
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)]
}
