/**
 * Writes a title the way a type would be named: `AI SDK Crash Course` becomes `AiSdkCrashCourse`.
 * Words keep the capitals inside them (`TypeScript`), words all in capitals become ordinary ones (`Ai`),
 * and the signs for plus and and are spelled out.
 * A title without a single Latin letter or digit becomes `Course`.
 */
export function typeName(title: string): string {
  const words =
    title
      .replaceAll('+', ' Plus ')
      .replaceAll('&', ' And ')
      .match(/[A-Za-z0-9]+/g) ?? []
  const name = words
    .map((word) => (word === word.toUpperCase() ? word.slice(0, 1) + word.slice(1).toLowerCase() : word))
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
  return name === '' ? 'Course' : name
}
