import type {NextRouter} from 'next/router'

/**
 * Has the server render the open page anew, in place. An address with a `#` is first left for the same one without:
 * the router takes going to where it is already for a jump within the page, and asks nobody.
 */
export async function refreshPage(router: Pick<NextRouter, 'asPath' | 'replace'>): Promise<void> {
  const [plain = '/', fragment] = router.asPath.split('#', 2)
  if (fragment !== undefined) await router.replace(plain, undefined, {scroll: false})
  await router.replace(plain, undefined, {scroll: false})
}
