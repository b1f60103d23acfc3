import { z } from 'zod'
import { DatabaseUrlError, readDatabaseUrl } from '../db/database-url'

const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''))
const secret = z.string().min(32, 'must have at least 32 characters')
const present = z.string().min(1)
/** An empty line in an .env file means "not set". */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
	z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const withDefault = (value: string) =>
	z.preprocess((given) => (given === '' || given === undefined ? value : given), url)

function checkDatabaseUrl(value: string, context: z.RefinementCtx): void {
	// What is no address at all is said already.
	if (!URL.canParse(value)) return
	try {
		readDatabaseUrl(value)
	} catch (error) {
		if (!(error instanceof DatabaseUrlError)) throw error
		context.addIssue({ code: 'custom', message: error.message })
	}
}

/** How every placeholder of .env.example reads, whichever secret it stands for. */
const PUBLISHED_EXAMPLE = /replace[-_]me/

const schema = z
	.object({
		NODE_ENV: z.enum(['development', 'production', 'test']),
		AUTH_URL: url,
		AUTH_SECRET: secret,
		COOKIE_PREFIX: z.string().regex(/^[a-z0-9-]{1,40}$/, 'may have lower-case letters, digits and dashes'),
		/** `?ssl=true` for TLS, as hosted databases want it. */
		DATABASE_URL: z.url({ protocol: /^mysql$/ }).superRefine(checkDatabaseUrl),
		STRIPE_SECRET_KEY: present,
		STRIPE_WEBHOOK_SECRET: present,
		STRIPE_API_BASE_URL: optional(url),
		INNGEST_EVENT_KEY: present,
		INNGEST_SIGNING_KEY: optional(present),
		INNGEST_BASE_URL: optional(url),
		INNGEST_DEV: optional(z.enum(['0', '1', 'true', 'false'])),
		INNGEST_SERVE_HOST: optional(url),
		TT_INNGEST_EVENT_KEY: present,
		TT_INNGEST_BASE_URL: withDefault('https://inn.gs'),
		TT_URL: url,
		TT_API_URL: optional(url),
		CROSS_APP_SECRET: secret,
		CROSS_APP_SECRET_NEXT: optional(secret),
		CROSS_APP_SECRET_PREVIOUS: optional(secret),
		CROSS_APP_ENVIRONMENT: z
			.string()
			.regex(/^[a-z0-9-]{1,40}$/, 'may have lower-case letters, digits and dashes'),
		GITHUB_CLIENT_ID: present,
		GITHUB_CLIENT_SECRET: present,
		GITHUB_BASE_URL: withDefault('https://github.com'),
		GITHUB_API_BASE_URL: withDefault('https://api.github.com'),
		DISCORD_CLIENT_ID: optional(present),
		DISCORD_CLIENT_SECRET: optional(present),
		DISCORD_BASE_URL: withDefault('https://discord.com'),
		DISCORD_API_BASE_URL: withDefault('https://discord.com/api'),
		RESEND_API_KEY: present,
		RESEND_BASE_URL: optional(url),
		EMAIL_FROM: present,
		CRON_SECRET: z.string().min(16, 'must have at least 16 characters'),
	})
	.refine(
		(values) => values.NODE_ENV !== 'production' || isDevelopmentServer(values) || values.INNGEST_SIGNING_KEY,
		{
			path: ['INNGEST_SIGNING_KEY'],
			message: 'is needed in production: without it anyone could call the functions',
		},
	)
	.superRefine((values, context) => {
		const names = ['DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET'] as const
		const missing = names.filter((name) => values[name] === undefined)
		if (missing.length !== 1) return
		context.addIssue({ code: 'custom', path: missing, message: 'is needed for sign-in with Discord' })
	})
	.superRefine((values, context) => {
		if (values.CROSS_APP_ENVIRONMENT !== 'production') return
		for (const [name, value] of Object.entries(values)) {
			if (!PUBLISHED_EXAMPLE.test(String(value))) continue
			const message = 'is the published example. Make one with: openssl rand -base64 48'
			context.addIssue({ code: 'custom', path: [name], message })
		}
	})

export type Env = z.infer<typeof schema>

/** A variable is missing or malformed. The message has one line for each, with its name. */
export class EnvError extends Error {
	constructor(problems: string[]) {
		super(
			`ai-hero can't start: ${problems.length === 1 ? 'a variable is' : 'some variables are'} missing or wrong.\n${problems
				.map((problem) => `  ${problem}`)
				.join(
					'\n',
				)}\nSet them in .env (see .env.example), or start the app through the local stack, which sets them all.`,
		)
		this.name = 'EnvError'
	}
}

/**
 * Reads and checks all variables.
 *
 * @throws EnvError naming every variable that is missing or malformed; never with a value in it
 */
export function readEnv(source: Record<string, string | undefined>): Env {
	const parsed = schema.safeParse(source)
	if (parsed.success) return parsed.data
	throw new EnvError(
		parsed.error.issues.map((issue) => {
			const name = String(issue.path[0])
			return source[name] === undefined || source[name] === ''
				? `${name} is missing`
				: `${name}: ${issue.message}`
		}),
	)
}

function isDevelopmentServer(values: { INNGEST_DEV?: string | undefined }): boolean {
	return values.INNGEST_DEV === '1' || values.INNGEST_DEV === 'true'
}

let checked: Env | undefined

/** Checks the variables of this process once. @throws EnvError */
export function loadEnv(): Env {
	checked ??= readEnv(process.env)
	return checked
}

/**
 * The variables of this process, checked at the first use. `next build` loads every route without serving one: a build
 * must not need the secrets of the place it will run in, so there a variable that is not set reads as an inert value.
 */
export const env: Env = new Proxy({} as Env, {
	get(_target, name: string) {
		if (process.env.NEXT_PHASE === 'phase-production-build') return buildValue(name)
		return loadEnv()[name as keyof Env]
	},
})

function buildValue(name: string): string | undefined {
	if (process.env[name]) return process.env[name]
	if (name === 'DATABASE_URL') return 'mysql://build@127.0.0.1:1/build'
	if (name.endsWith('_URL')) return 'http://127.0.0.1:1'
	if (name.startsWith('DISCORD_CLIENT')) return undefined
	if (name.startsWith('CROSS_APP_SECRET') && name !== 'CROSS_APP_SECRET') return undefined
	return 'not-set-while-building-not-set-while-building'
}
