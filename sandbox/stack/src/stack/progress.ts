/** What happens while a stack starts, one event a change. */
export type StackProgress =
  | { type: 'starting'; step: string }
  | { type: 'working'; step: string; detail: string }
  | {
      type: 'ready'
      step: string
      ms: number
      kind?: string
      version?: string
      url?: string
      detail?: string
    }
  | { type: 'failed'; step: string; message: string }
  | { type: 'ended'; step: string; message: string }
