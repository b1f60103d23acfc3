/** Left to itself, V8 keeps twice the memory before it clears up; the work here is short-lived strings. */
export const memoryFlags = ['--optimize-for-size', '--max-semi-space-size=4']
