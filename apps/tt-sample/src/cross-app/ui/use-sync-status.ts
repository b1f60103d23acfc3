import {useEffect, useRef, useState} from 'react'
import type {SyncStatus} from './sync-view'
import {watchSyncStatus} from './watch-sync-status'

/** What the page shows now, and whether the server is currently out of reach. */
export interface LiveSyncStatus {
  status: SyncStatus
  unreachable: boolean
}

/**
 * Keeps a `SyncStatus` current by asking its endpoint until nothing is left to wait for.
 * Rests while the tab is hidden and asks at once when it is shown again.
 *
 * @param url answers with a `SyncStatus`
 * @param initial what the server rendered; only its first value counts
 * @param stayCurrent go on at a slow rate when everything is settled, for pages that stay open
 */
export function useSyncStatus({
  url,
  initial,
  stayCurrent = false,
}: {
  url: string
  initial: SyncStatus
  stayCurrent?: boolean
}): LiveSyncStatus {
  const [status, setStatus] = useState(initial)
  const [unreachable, setUnreachable] = useState(false)
  const latest = useRef(initial)

  useEffect(() => {
    const watch = watchSyncStatus({
      url,
      initial: latest.current,
      stayCurrent,
      onStatus(next) {
        latest.current = next
        setStatus(next)
      },
      onReachable: (reachable) => setUnreachable(!reachable),
    })
    const onVisibilityChange = () => (document.hidden ? watch.pause() : watch.resume())
    if (document.hidden) watch.pause()
    document.addEventListener('visibilitychange', onVisibilityChange)
    return () => {
      watch.stop()
      document.removeEventListener('visibilitychange', onVisibilityChange)
    }
  }, [url, stayCurrent])

  return {status, unreachable}
}
