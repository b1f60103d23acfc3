const MAX_LENGTH = 500

/**
 * A path within one site, or null for anything that could lead elsewhere: another origin, `//host`, a backslash that
 * browsers read as a slash, a control character that they drop (case 32).
 */
export function safePath(value: string): string | null {
  if (value.length > MAX_LENGTH || !/^\/(?![/\\])/.test(value)) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\\\u0000-\u001f\u007f]/.test(value)) return null
  const base = 'http://site.invalid'
  return URL.canParse(value, base) && new URL(value, base).origin === base ? value : null
}
