/** "A", "A and B", "A, B and C". */
export function joinTitles(titles: string[]): string {
	if (titles.length < 2) return titles.join('')
	return `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`
}
