import { describe, expect, it } from 'vitest'
import { lessonBlocks } from './lesson-blocks'

describe('lessonBlocks', () => {
	it('takes an ordinary paragraph as prose', () => {
		expect(lessonBlocks(['A model writes a word at a time.'])).toEqual([
			{ kind: 'prose', text: 'A model writes a word at a time.' },
		])
	})

	it('takes a paragraph indented by four spaces as code, and removes that indentation from each line', () => {
		expect(lessonBlocks(['    for (const a of b) {\n      use(a)\n    }'])).toEqual([
			{ kind: 'code', text: 'for (const a of b) {\n  use(a)\n}' },
		])
	})

	it('leaves an unindented line inside code as it is', () => {
		expect(lessonBlocks(['    first\nsecond'])).toEqual([{ kind: 'code', text: 'first\nsecond' }])
	})

	it('leaves out empty paragraphs and keeps the order of the others', () => {
		expect(lessonBlocks(['one', ' ', '', 'two']).map((block) => block.text)).toEqual(['one', 'two'])
	})
})
