import {useRouter} from 'next/router'
import {useEffect, useRef} from 'react'
import type {SyncStatus} from '../cross-app/ui/sync-view'
import {type LiveSyncStatus, useSyncStatus} from '../cross-app/ui/use-sync-status'
import {refreshPage} from './refresh-page'

/**
 * Keeps the status current, and has the server render the rest of the page anew when the change reaches beyond it:
 * a payment that has arrived brings courses of this site, a confirmed address opens them, a refund takes them away.
 */
export function useLivePage(options: {
  url: string
  initial: SyncStatus
  stayCurrent?: boolean
}): LiveSyncStatus {
  const router = useRouter()
  const live = useSyncStatus(options)
  const shown = useRef(outline(options.initial))
  const current = outline(live.status)

  useEffect(() => {
    if (shown.current === current) return
    shown.current = current
    void refreshPage(router)
  }, [current, router])

  return live
}

function outline(status: SyncStatus): string {
  const syncs = status.syncs.map((sync) => `${sync.id}=${sync.phase}`).sort()
  return [status.state, status.page ?? '', ...syncs].join(' ')
}
