/** One value of a query parameter: the first, when it was given more than once, and '' when it is missing. */
export function firstValue(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}
