/** What an alert means to a supporter, and what to do about it. All values survive JSON. */
export interface AlertExplanation {
  title: string
  means: string
  next: string
}
