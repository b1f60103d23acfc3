export { describeFault } from './describe-fault.ts'
export { FAULT_KINDS, type Fault, type FaultKind, type FaultOrder, type RequestSummary } from './faults.ts'
export type { ProxiedRequest } from './proxied-request.ts'
export { FaultError, parseFault, readFault } from './read-fault.ts'
export { type FaultControl, type FaultControlState, startFaultControl } from './start-fault-control.ts'
export {
  type FaultProxy,
  type FaultProxyCounts,
  type SetFault,
  startFaultProxy,
} from './start-fault-proxy.ts'
