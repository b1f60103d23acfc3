import {Prisma} from '../generated/prisma/client'

/** Deadlock, lock wait timeout, and MariaDB's "record has changed since last read". */
const CONFLICT_CODES = ['1213', '1205', '1020']
/** Write conflict; no transaction to be had in time, or it ran out of time; no connection to be had. */
const CONFLICT_KINDS = ['P2034', 'P2028', 'P2024']

/** A row with that key exists already. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  return error.code === 'P2002' || originalCode(error) === '1062'
}

/** The transaction lost against another one and did nothing: the same work may be tried again at once. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return CONFLICT_KINDS.includes(error.code) || CONFLICT_CODES.includes(originalCode(error) ?? '')
  }
  return (
    typeof error === 'object' &&
    error !== null &&
    'cause' in error &&
    CONFLICT_CODES.includes(String(codeOf(error.cause)))
  )
}

/** Raw queries hide the server's error code inside the driver adapter's error. */
function originalCode(error: Prisma.PrismaClientKnownRequestError): string | undefined {
  const adapterError = error.meta?.driverAdapterError
  if (typeof adapterError !== 'object' || adapterError === null || !('cause' in adapterError))
    return undefined
  return codeOf(adapterError.cause)
}

function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined
  if ('originalCode' in cause && typeof cause.originalCode === 'string') return cause.originalCode
  return undefined
}
