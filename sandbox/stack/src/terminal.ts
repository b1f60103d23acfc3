/** What commands print on a terminal, for other commands of this repository that want to look alike. */
export { printBanner } from './terminal/banner.ts'
export { createProgressPrinter, type ProgressPrinter } from './terminal/progress-printer.ts'
export { duration, styled } from './terminal/style.ts'
