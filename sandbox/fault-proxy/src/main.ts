import { parseArgs } from 'node:util'
import { describeFault } from './describe-fault.ts'
import { FAULT_KINDS } from './faults.ts'
import { FaultError, parseFault } from './read-fault.ts'
import { type FaultControl, startFaultControl } from './start-fault-control.ts'
import { type FaultProxy, startFaultProxy } from './start-fault-proxy.ts'

const USAGE = `Usage: node sandbox/fault-proxy/src/main.ts --listen PORT --to URL [--fault FAULT …] [--control PORT]
  FAULT: NAME[:AMOUNT][,probability=0.3][,times=N][,seed=N][,method=POST][,path=/begin]
  NAME:  ${FAULT_KINDS.join(', ')}
  Example: --listen 8289 --to http://127.0.0.1:8288 --fault delay:500+200 --fault drop,probability=0.1`

/** The command line is wrong. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const values = parseCommandLine()
  if (values.listen === undefined || values.to === undefined) {
    throw new UsageError('--listen and --to are needed.')
  }
  const faults = (values.fault ?? []).map(parseFault)
  const proxy = await startFaultProxy({ target: toTarget(values.to), port: toPort('listen', values.listen) })
  for (const fault of faults) proxy.addFault(fault)
  const control = await startControl(proxy, values.control)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void Promise.all([proxy.close(), control?.close()]))
  }
  console.log(`${proxy.url} → ${proxy.target}`)
  if (control !== null) console.log(`control ${control.url}`)
  for (const fault of faults) console.log(describeFault(fault))
  if (faults.length === 0) console.log('No fault is set: everything passes.')
}

/** @throws whatever listening throws, the proxy being closed first: nothing of a failed start goes on */
async function startControl(proxy: FaultProxy, port: string | undefined): Promise<FaultControl | null> {
  if (port === undefined) return null
  try {
    return await startFaultControl({ proxies: { proxy }, port: toPort('control', port) })
  } catch (error) {
    await proxy.close()
    throw error
  }
}

function parseCommandLine() {
  try {
    return parseArgs({
      options: {
        listen: { type: 'string' },
        to: { type: 'string' },
        fault: { type: 'string', multiple: true },
        control: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function toPort(name: string, text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--${name} must be a port, not “${text}”.`)
  return port
}

function toTarget(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== 'http:') {
    throw new UsageError(`--to must be an http:// address, not “${text}”.`)
  }
  return text
}

main().catch((error: unknown) => {
  if (error instanceof UsageError || error instanceof FaultError) {
    process.stderr.write(`${error.message}\n${USAGE}\n`)
    process.exitCode = 2
    return
  }
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    `${text}${inUse ? '\nAnother process has this port: choose another one, or end that process.' : ''}\n`,
  )
  process.exitCode = 1
})
