import {useRouter} from 'next/router'
import {useEffect, useState} from 'react'

/** Shorter waits need no sign. */
const showAfterMs = 250

/** A line along the top while the next page is on its way. It doesn't move. */
export function RouteLoading() {
  const router = useRouter()
  const [loading, setLoading] = useState(false)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const start = (to: string) => {
      clearTimeout(timer)
      // A page that renews itself in place isn't loading as far as its reader is concerned.
      if (to !== router.asPath) timer = setTimeout(() => setLoading(true), showAfterMs)
    }
    const stop = () => {
      clearTimeout(timer)
      setLoading(false)
    }
    router.events.on('routeChangeStart', start)
    router.events.on('routeChangeComplete', stop)
    router.events.on('routeChangeError', stop)
    return () => {
      clearTimeout(timer)
      router.events.off('routeChangeStart', start)
      router.events.off('routeChangeComplete', stop)
      router.events.off('routeChangeError', stop)
    }
  }, [router])

  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-0 z-20">
      {loading && (
        <>
          <div className="h-1 bg-blue" />
          <span className="sr-only">Loading the page</span>
        </>
      )}
    </div>
  )
}
