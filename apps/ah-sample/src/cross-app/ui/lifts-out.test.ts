import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What a source text imports, by its specifiers. */
function importedFrom(source: string): string[] {
	return [...source.matchAll(/^(?:import|export)[^'"]*?from\s+['"]([^'"]+)['"]/gm)].map(
		(match) => match[1] ?? '',
	)
}

/** React, this folder, or a type of the feature it belongs to. */
function mayImport(specifier: string): boolean {
	return specifier === 'react' || /^\.\/[\w-]+$/.test(specifier) || specifier === '../grants/describe-grant'
}

describe('the pieces for pages', () => {
	const folder = new URL('.', import.meta.url)
	const pieces = readdirSync(folder).filter((file) => !file.includes('.test.'))

	it.each(pieces)('%s can be lifted out: it imports React and its own feature only', (file) => {
		expect(
			importedFrom(readFileSync(new URL(file, folder), 'utf8')).filter((from) => !mayImport(from)),
		).toEqual([])
	})

	it('control: an import of the app or of Next is noticed', () => {
		const source =
			"import Link from 'next/link'\nimport { env } from '../../server/env'\nimport type { A } from '@/db'\n"
		expect(importedFrom(source).filter((from) => !mayImport(from))).toHaveLength(3)
	})
})
