/**
 * How bad it is: `ok`; `note`, which costs something but doesn't keep the demo from running; `problem`, which does.
 */
export type Level = 'ok' | 'note' | 'problem'

/** One line of the report. */
export interface Finding {
  level: Level
  /** One sentence. Never holds a secret, nor the value of a variable. */
  text: string
  /** What a person can do about it; there for every `note` and `problem`. */
  whatToDo?: string
}

export interface Section {
  title: string
  findings: Finding[]
}

export function ok(text: string): Finding {
  return { level: 'ok', text }
}

export function note(text: string, whatToDo: string): Finding {
  return { level: 'note', text, whatToDo }
}

export function problem(text: string, whatToDo: string): Finding {
  return { level: 'problem', text, whatToDo }
}
