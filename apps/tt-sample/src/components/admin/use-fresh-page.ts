import {useRouter} from 'next/router'
import {useEffect, useState} from 'react'
import {refreshPage} from '../refresh-page'

const EVERY_MS = 2_000
/** Whoever waits longer than this reads the page, and can reload it. */
const TIMES = 15

/**
 * Has the server render the page anew every two seconds while something on it is under way, for half a minute.
 *
 * @param active false while there is nothing to wait for, or the reader is typing
 */
export function useFreshPage(active: boolean): void {
  const router = useRouter()
  const [times, setTimes] = useState(0)

  useEffect(() => {
    if (!active || times >= TIMES) return
    const timer = setTimeout(() => {
      void refreshPage(router).then(() => setTimes(times + 1))
    }, EVERY_MS)
    return () => clearTimeout(timer)
  }, [active, times, router])
}
