/**
 * A moment, always written in UTC: server and browser then agree on the text, and support and buyer on the time.
 *
 * @param iso ISO 8601
 */
export function DateTime({iso, precise = false}: {iso: string; precise?: boolean}) {
  const text = new Intl.DateTimeFormat('en-GB', {
    dateStyle: precise ? 'medium' : 'long',
    ...(precise ? {timeStyle: 'medium' as const} : {}),
    timeZone: 'UTC',
  }).format(new Date(iso))
  return (
    <time dateTime={iso}>
      {text}
      {precise ? ' UTC' : ''}
    </time>
  )
}
