/** What a test and the groups around it are called, as far as this needs to know. */
type Named = { name: string; suite?: Named | undefined; file?: { name: string } | undefined }

/** The names of a test and of the groups around it, from the outermost, without the file's. */
export function nameOf(task: Named): string {
  const names: string[] = []
  for (let part: Named | undefined = task; part; part = part.suite) names.unshift(part.name)
  return names.join(' > ')
}
