/** How a page is looked at: in which colours, in which window. */
export type Variant = { scheme: 'light' | 'dark'; size: keyof typeof SIZES }

/** CSS pixels. */
export const SIZES = {
  wide: { width: 1280, height: 800 },
  narrow: { width: 390, height: 844 },
} as const

export const EVERY_VARIANT: readonly Variant[] = [
  { scheme: 'light', size: 'wide' },
  { scheme: 'dark', size: 'wide' },
  { scheme: 'light', size: 'narrow' },
  { scheme: 'dark', size: 'narrow' },
]

/** The pictures of the README: one window full, each in the colours that suit it. */
export const README_PICTURES: Readonly<Record<string, readonly Variant[]>> = {
  'tt-product': [
    { scheme: 'light', size: 'wide' },
    { scheme: 'dark', size: 'narrow' },
  ],
  'stripe-checkout': [{ scheme: 'light', size: 'wide' }],
  'tt-thanks': [{ scheme: 'light', size: 'wide' }],
  'ah-lesson': [
    { scheme: 'dark', size: 'wide' },
    { scheme: 'dark', size: 'narrow' },
  ],
  'ah-profile': [{ scheme: 'dark', size: 'wide' }],
  'stripe-payment': [{ scheme: 'light', size: 'wide' }],
  'tt-admin-purchase': [{ scheme: 'light', size: 'wide' }],
  inngest: [{ scheme: 'light', size: 'wide' }],
  home: [{ scheme: 'light', size: 'wide' }],
}
