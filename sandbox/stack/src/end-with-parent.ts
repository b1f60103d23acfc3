/**
 * Calls `stop` once when this process is asked to end (Ctrl-C, termination, a closed terminal) or when the process
 * that started it over the root's `npm run` is gone, even by kill -9. A second Ctrl-C ends at once.
 *
 * @param options.parentMayLeave asked when the parent goes: true when this process is meant to stay
 * @returns takes the handlers away again
 */
export function endWithParent(
  stop: (reason: NodeJS.Signals | 'parent gone') => void,
  { parentMayLeave = () => false }: { parentMayLeave?: () => boolean } = {},
): () => void {
  let asked = false
  const once = (reason: NodeJS.Signals | 'parent gone') => {
    if (asked) {
      // The guard ends all parts when this process goes, however it goes.
      if (reason === 'SIGINT') process.exit(130)
      return
    }
    asked = true
    stop(reason)
  }
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
    const handler = () => once(signal)
    process.on(signal, handler)
    return () => process.removeListener(signal, handler)
  })
  const gone = () => {
    if (!parentMayLeave()) once('parent gone')
  }
  if (process.channel) {
    process.on('disconnect', gone)
    // Listening must not keep a finished program alive.
    process.channel.unref()
  }
  return () => {
    for (const remove of handlers) remove()
    process.removeListener('disconnect', gone)
  }
}
