/** One block of a lesson's text. */
export interface LessonBlock {
	kind: 'prose' | 'code'
	text: string
}

const codeIndent = '    '

/**
 * Tells prose from code in a lesson's text: a paragraph that begins with four spaces is code, and loses that
 * indentation on each of its lines. Empty paragraphs are left out.
 */
export function lessonBlocks(paragraphs: readonly string[]): LessonBlock[] {
	return paragraphs
		.filter((paragraph) => paragraph.trim() !== '')
		.map((paragraph) => {
			if (!paragraph.startsWith(codeIndent)) return { kind: 'prose', text: paragraph }
			const lines = paragraph.split('\n').map((line) => (line.startsWith(codeIndent) ? line.slice(4) : line))
			return { kind: 'code', text: lines.join('\n') }
		})
}
