import type {NextApiRequest, NextApiResponse} from 'next'
import NextAuth from 'next-auth'
import {authOptions} from '../../../server/auth/options'

export default function handler(request: NextApiRequest, response: NextApiResponse) {
  // The dev server logs this when the response ends, and the query holds addresses and single-use tokens. NextAuth reads
  // the parsed query.
  request.url = request.url?.split('?')[0]
  return NextAuth(request, response, authOptions())
}
