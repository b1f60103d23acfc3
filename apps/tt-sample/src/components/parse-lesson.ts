/** A block of a lesson. */
export type LessonBlock = {kind: 'paragraph'; text: string} | {kind: 'code'; text: string}

/**
 * Reads the catalogue's plain text: paragraphs are separated by blank lines, code stands between ``` fences.
 * A fence that is never closed runs to the end.
 */
export function parseLesson(body: string): LessonBlock[] {
  const blocks: LessonBlock[] = []
  let code: string[] | null = null
  let paragraph: string[] = []

  function closeParagraph() {
    if (paragraph.length > 0) blocks.push({kind: 'paragraph', text: paragraph.join(' ')})
    paragraph = []
  }

  for (const line of body.split(/\r?\n/)) {
    if (line.trimStart().startsWith('```')) {
      if (code) {
        blocks.push({kind: 'code', text: code.join('\n')})
        code = null
      } else {
        closeParagraph()
        code = []
      }
    } else if (code) {
      code.push(line)
    } else if (line.trim() === '') {
      closeParagraph()
    } else {
      paragraph.push(line.trim())
    }
  }
  closeParagraph()
  if (code) blocks.push({kind: 'code', text: code.join('\n')})
  return blocks
}

/** A run of a paragraph: plain words, or a piece of code between backticks. */
export interface TextRun {
  code: boolean
  text: string
  /** Where it begins in the paragraph, in characters. */
  start: number
}

/** Splits a paragraph at its backticks. An unpaired backtick is kept as it is. */
export function splitInlineCode(text: string): TextRun[] {
  const runs: TextRun[] = []
  let start = 0
  for (const part of text.split(/(`[^`]+`)/)) {
    const code = /^`[^`]+`$/.test(part)
    if (part !== '') runs.push({code, text: code ? part.slice(1, -1) : part, start})
    start += part.length
  }
  return runs
}
