export type { Fault, FaultKind, RequestSummary } from './faults.ts'
export { type FaultProxy, type ProxiedRequest, startFaultProxy } from './start-fault-proxy.ts'
