import type {NextApiRequest, NextApiResponse} from 'next'
import {MAX_SEARCH, parseSyncListQuery, syncListHref} from '../../../components/admin/sync-filter'
import {acceptForm, formField} from '../../../server/http/accept-form'
import {acceptAdmin} from '../../../server/require-admin'
import {sealSearch} from '../../../server/sealed-search'

/**
 * POST in (`syncs` or `people`), search [status, product, period] → the list that the form asks for. Posted, so that an
 * email address goes from the field into no address of a page.
 */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (!acceptForm(request, response)) return
  if ((await acceptAdmin(request, response)) === null) return
  const field = (name: string) => formField(request, name, MAX_SEARCH) ?? ''
  const search = sealSearch(field('search'))
  if (field('in') === 'people') {
    response.redirect(
      303,
      search === '' ? '/admin/people' : `/admin/people?${new URLSearchParams({q: search})}`,
    )
    return
  }
  response.redirect(303, syncListHref({...parseSyncListQuery(field), search, from: null}))
}
