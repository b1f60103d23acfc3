/** What a mail says, part by part. Its HTML and its plain text are both made from this, so they can't tell different things. */
export interface MailContent {
  subject: string
  /** Shown by inboxes beside the subject; one sentence. */
  preview: string
  heading: string
  blocks: MailBlock[]
  /** Why the reader got this mail, or what to quote when answering. */
  footer: string
}

export type MailBlock =
  | {kind: 'text'; text: string}
  | {kind: 'list'; items: {title: string; detail: string}[]}
  /** A link that asks to be followed; `quiet` for the one that most readers don't need. */
  | {kind: 'action'; look: 'primary' | 'quiet'; label: string; href: string}

/** A mail as the provider takes it. */
export interface RenderedMail {
  subject: string
  html: string
  text: string
}
