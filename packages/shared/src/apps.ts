/** The two platforms, named as in every event, table and token (spec "Cross-App Bundle Sync"). */
export const APP_IDS = ['total-typescript', 'ai-hero'] as const

export type AppId = (typeof APP_IDS)[number]

/** Names a person reads. */
export const APP_NAMES: Record<AppId, string> = {
  'total-typescript': 'Total TypeScript',
  'ai-hero': 'AI Hero',
}
