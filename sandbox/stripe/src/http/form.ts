/** A decoded form: leaves are strings, `a[b]=c` nests, arrays are objects with the keys 0, 1, 2 … */
export interface FormObject {
  [key: string]: FormValue
}
export type FormValue = string | FormObject

const MAX_DEPTH = 8

/**
 * Decodes `application/x-www-form-urlencoded` the way Stripe reads it: `metadata[a]=1`, `line_items[0][price]=…`,
 * and `expand[]=…`, which takes the next free index. A key written twice keeps its last value.
 * Objects have no prototype, so a key called `__proto__` is only a key.
 */
export function decodeForm(encoded: string): FormObject {
  const form = emptyForm()
  for (const [key, value] of new URLSearchParams(encoded)) {
    if (key !== '') assign(form, splitKey(key), value)
  }
  return form
}

function emptyForm(): FormObject {
  return Object.create(null) as FormObject
}

/** `a[b][0]` → ['a', 'b', '0']. A key whose brackets don't match is taken literally. */
function splitKey(key: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key)
  if (!match) return [key]
  const [, first = key, rest = ''] = match
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? '')].slice(0, MAX_DEPTH)
}

function assign(form: FormObject, path: string[], value: string): void {
  let target = form
  for (const [depth, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(target).length) : part
    if (depth === path.length - 1) {
      target[key] = value
      return
    }
    const existing = target[key]
    const next = typeof existing === 'object' ? existing : emptyForm()
    target[key] = next
    target = next
  }
}
