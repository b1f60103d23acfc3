/**
 * An id that the same parts always give: a repeat of a request finds its own row, and a re-imported purchase meets its
 * old grants. Shaped like a UUID (version 8: "vendor specific"), from the SHA-256 of the parts as JSON, so that
 * ['a', 'bc'] and ['ab', 'c'] differ.
 */
export async function stableId(...parts: string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  let hex = ''
  for (let index = 0; index < 16; index += 1) {
    let byte = digest[index] ?? 0
    if (index === 6) byte = (byte & 0x0f) | 0x80
    if (index === 8) byte = (byte & 0x3f) | 0x80
    hex += `0${byte.toString(16)}`.slice(-2)
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
