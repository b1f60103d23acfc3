/**
 * Says a change once to people who can't see it, and to everybody when the page has lost touch with the server.
 * Both regions stay in the page: a live region that appears together with its text is often not read out.
 */
export function LiveAnnouncement({text, unreachable}: {text: string; unreachable: boolean}) {
  return (
    <>
      <p role="status" aria-live="polite" className="sr-only">
        {text}
      </p>
      <p role="status" aria-live="polite" className="text-sm text-current/80 empty:hidden">
        {unreachable ? 'We can’t reach the server at the moment. This page keeps trying by itself.' : ''}
      </p>
    </>
  )
}
