/** One value of a query parameter; whoever writes it twice, or not at all, has given none. */
export function onlyValue(parameter: string | string[] | undefined): string | null {
	return typeof parameter === 'string' ? parameter : null
}
