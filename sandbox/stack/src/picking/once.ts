/** The same function, asked once: later calls get the first answer. For what costs time and doesn't change. */
export function once<Value>(ask: () => Value): () => Value {
  let answer: { value: Value } | undefined
  return () => {
    answer ??= { value: ask() }
    return answer.value
  }
}
