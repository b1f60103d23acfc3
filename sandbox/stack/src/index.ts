export type { AppKey, RouteThrough } from './app-environment.ts'
export { type FoundChromium, findChromium } from './chromium.ts'
export { endWithParent } from './end-with-parent.ts'
export { describeError, StackError, type StackErrorCode } from './errors.ts'
export type { LinkedBuyer } from './personas.ts'
export {
  type ChoiceFlags,
  choiceOptions,
  choiceUsage,
  readChoiceFlags,
} from './picking/choice-flags.ts'
export type { ForcedChoices, Pick, Picks } from './picking/pick.ts'
export { defaultPortBase, type PartName, partNames, portsOf, type StackPorts } from './ports/ports-of.ts'
export type { SiteHosts } from './site-hosts.ts'
export type { StackProgress } from './stack/progress.ts'
export { seedLinkedBuyers } from './stack/seed-linked-buyers.ts'
export type { PartStatus, Stack, StartStackOptions } from './stack/stack.ts'
export { startStack } from './stack/start-stack.ts'
export { type AppInfo, readStackInfo, type StackInfo, stackInfoFile } from './stack-info.ts'
