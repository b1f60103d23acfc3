/** What a supporter is told about one sync: how it stands, and what to do. All values survive JSON. */
export interface SyncExplanation {
  tone: 'fine' | 'waiting' | 'problem' | 'closed'
  /** A few words, the same for every sync that stands like this. */
  label: string
  /** One or two sentences: what is so, and why. */
  detail: string
  /** What to do next; null when there is nothing to do. */
  next: string | null
}
