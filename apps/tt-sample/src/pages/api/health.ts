import type {NextApiRequest, NextApiResponse} from 'next'

/** The process answers. Whether it can work is what /api/ready says. */
export default function handler(_request: NextApiRequest, response: NextApiResponse): void {
  response.setHeader('cache-control', 'no-store')
  response.status(200).json({ok: true})
}
