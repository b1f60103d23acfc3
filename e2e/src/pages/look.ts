import type { Page } from 'playwright-core'

/**
 * What is done with each page that a walk comes by: looked at by axe, photographed, or both.
 *
 * @param name says app and state, such as `tt-account-linked`; it is also the name of its picture
 */
export type Look = (name: string, page: Page) => Promise<void>
