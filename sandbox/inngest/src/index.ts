export type { Clock } from './clock.ts'
export { RegistrationError, StartError } from './errors.ts'
export { type InngestServer, type InngestServerOptions, startInngestServer } from './start-server.ts'
export type { Retention } from './store/trim.ts'
