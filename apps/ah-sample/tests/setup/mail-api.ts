import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type AcceptedMail = { to: string; subject: string; html: string; text: string; key: string }

type MailApiState = {
	accepted: AcceptedMail[]
	requests: number
	/** By address: answer so instead of accepting. */
	refuse: Map<string, { status: number; name: string }>
}

const globals = globalThis as typeof globalThis & { mailApi?: MailApiState }

/** What the mail provider of this test file has accepted, and how it is to answer. */
export function mailApi(): MailApiState {
	globals.mailApi ??= { accepted: [], requests: 0, refuse: new Map() }
	return globals.mailApi
}

/** The mails accepted for an address. */
export function mailsTo(address: string): AcceptedMail[] {
	return mailApi().accepted.filter((mail) => mail.to === address)
}

/** Starts a server that takes mails as Resend does: a key is used once, and one that comes with another mail is refused. */
export async function startMailApi(): Promise<{ url: string; close(): Promise<void> }> {
	const server = createServer((request, response) => {
		let body = ''
		request.on('data', (chunk: Buffer) => {
			body += chunk.toString('utf8')
		})
		request.on('end', () => {
			const { status, answer } = take(String(request.headers['idempotency-key'] ?? ''), body)
			response.writeHead(status, { 'content-type': 'application/json' })
			response.end(JSON.stringify(answer))
		})
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as AddressInfo
	return {
		url: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve())
				server.closeAllConnections()
			}),
	}
}

function take(key: string, body: string): { status: number; answer: object } {
	const state = mailApi()
	state.requests += 1
	const mail = JSON.parse(body) as { to: string | string[]; subject: string; html: string; text: string }
	const to = Array.isArray(mail.to) ? (mail.to[0] ?? '') : mail.to
	const refusal = state.refuse.get(to)
	if (refusal !== undefined) {
		return {
			status: refusal.status,
			answer: { name: refusal.name, message: 'refused', statusCode: refusal.status },
		}
	}
	const before = state.accepted.find((each) => each.key === key)
	const accepted = { to, subject: mail.subject, html: mail.html, text: mail.text, key }
	if (before === undefined) state.accepted.push(accepted)
	else if (before.html !== mail.html) {
		return {
			status: 409,
			answer: { name: 'invalid_idempotent_request', message: 'another', statusCode: 409 },
		}
	}
	return { status: 200, answer: { id: `mail-${state.accepted.length}` } }
}
