/** Pages that are themselves about what the banner says, or that ask something the banner would talk over. */
const WITHOUT_BANNER = [/^\/claim$/, /^\/account-link(\/|$)/, /^\/profile\/(unlink|delete)$/]

/** Whether the banner about what waits for the reader stands on the page of this path. */
export function showsBanner(path: string): boolean {
	return !WITHOUT_BANNER.some((pattern) => pattern.test(path))
}
