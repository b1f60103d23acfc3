import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Whether a page looks who is there before it does anything else. */
const guarded = (source: string) => /await requireAdmin\(/.test(source)
/** Whether a route leaves the look to its handler, which is given the viewer. */
const handed = (source: string) =>
	/return handle\w+\(request, await getViewer\(\)\)/.test(source) && /@\/admin\/handle-/.test(source)

function sourcesIn(folder: string, ending: RegExp): [string, string][] {
	const root = new URL(folder, import.meta.url)
	return readdirSync(root, { recursive: true, encoding: 'utf8' })
		.filter((file) => ending.test(file))
		.map((file) => [file, readFileSync(new URL(encodeURI(file), root), 'utf8')])
}

describe('who is no administrator sees no admin page, whatever its layout did', () => {
	const pages = sourcesIn('../app/admin/', /page\.tsx$/)
	const routes = sourcesIn('../app/api/admin/', /route\.ts$/)

	it.each(pages)('%s checks for itself', (_file, source) => {
		expect(guarded(source)).toBe(true)
	})

	it.each(routes)('%s hands the viewer to a handler that checks', (_file, source) => {
		expect(handed(source)).toBe(true)
	})

	it.each(sourcesIn('./', /^handle-\w[\w-]*\.ts$/))('%s checks for itself', (_file, source) => {
		expect(source).toContain("if ('refusal' in checked) return checked.refusal")
	})

	it('control: there are such pages, and one without the look is noticed', () => {
		expect([pages.length, routes.length]).toEqual([6, 3])
		expect(guarded('export default async function Page() { return null }')).toBe(false)
		expect(handed('export async function POST(request: Request) { return work(request) }')).toBe(false)
	})
})
