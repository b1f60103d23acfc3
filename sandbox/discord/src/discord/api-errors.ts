import { type HttpAnswer, jsonAnswer } from '../http/messages.ts'

const answer = (status: number, code: number, message: string) => jsonAnswer(status, { message, code })

/** The errors of Discord's API, with its own codes: an app tells them apart by these. */
export const apiErrors = {
  unauthorized: () => answer(401, 0, '401: Unauthorized'),
  notFound: () => answer(404, 0, '404: Not Found'),
  methodNotAllowed: () => answer(405, 0, '405: Method Not Allowed'),
  unknownGuild: () => answer(404, 10004, 'Unknown Guild'),
  unknownMember: () => answer(404, 10007, 'Unknown Member'),
  unknownRole: () => answer(404, 10011, 'Unknown Role'),
  unknownUser: () => answer(404, 10013, 'Unknown User'),
  missingAccess: () => answer(403, 50001, 'Missing Access'),
  invalidAccessToken: () => answer(403, 50025, 'Invalid OAuth2 access token'),
  invalidVersion: () => answer(400, 50041, 'Invalid API version'),
} as const satisfies Record<string, () => HttpAnswer>

/** A JSON body whose field is missing or of the wrong type. */
export function invalidFormBody(field: string, code: string, message: string): HttpAnswer {
  return jsonAnswer(400, {
    message: 'Invalid Form Body',
    code: 50035,
    errors: { [field]: { _errors: [{ code, message }] } },
  })
}
