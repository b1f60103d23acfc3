import { DEFAULT_HOLD_MS, type Fault } from './faults.ts'

/** Says a fault in one sentence, for a page or a log: “Every request waits 500 ms, until this is cleared.” */
export function describeFault(fault: Fault): string {
  const { probability = 1, times, method, path } = fault
  const where = path === undefined ? '' : ` to ${path}…`
  const verb = method === undefined ? '' : `${method} `
  const subject =
    probability === 1
      ? `Every ${verb}request${where}`
      : `${Math.round(probability * 1000) / 10} in 100 ${verb}requests${where}, by chance: each`
  const until = times === undefined ? 'until this is cleared' : `${times} ${times === 1 ? 'time' : 'times'}`
  return `${subject} ${happening(fault)}, ${until}.`
}

function happening(fault: Fault): string {
  const bytes = fault.afterBytes === undefined ? 'in the middle' : `after ${fault.afterBytes} bytes`
  switch (fault.kind) {
    case 'down':
      return 'finds the port dead'
    case 'hang':
      return 'is taken and never answered'
    case 'drop':
      return 'is lost before the target sees it'
    case 'status503':
      return 'is answered with 503'
    case 'status':
      return `is answered with ${fault.status}`
    case 'lostResponse':
      return 'is worked off, and the answer is lost'
    case 'delay':
      return `waits ${fault.delayMs ?? 0} ms${fault.jitterMs ? ` and up to ${fault.jitterMs} ms more` : ''}`
    case 'reorder':
      return `waits until the next one has been answered, at most ${fault.holdMs ?? DEFAULT_HOLD_MS} ms`
    case 'duplicate':
      return 'reaches the target twice'
    case 'cutRequest':
      return `breaks off ${bytes} of its body`
    case 'cutResponse':
      return `is worked off, and its answer breaks off ${bytes}`
  }
}
