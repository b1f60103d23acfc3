import type { NextConfig } from 'next'

const securityHeaders = [
	{ key: 'X-Content-Type-Options', value: 'nosniff' },
	{ key: 'X-Frame-Options', value: 'DENY' },
	{ key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
	{ key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
	{ key: 'Content-Security-Policy', value: "base-uri 'self'; frame-ancestors 'none'; object-src 'none'" },
]

const nextConfig: NextConfig = {
	transpilePackages: ['@cross-app/shared'],
	// Two dev servers in one checkout, or a build beside a dev server, need folders of their own.
	distDir: process.env.NEXT_DIST_DIR ?? '.next',
	// `npm run typecheck` checks the types, of scripts and tests too. Here it would read the folders of other servers and
	// builds of this checkout, which come and go.
	typescript: { ignoreBuildErrors: true },
	poweredByHeader: false,
	// The dev server asks for `localhost` pages with assets from wherever it is bound.
	allowedDevOrigins: ['127.0.0.1', 'localhost', 'ah.test'],
	experimental: {
		// Would look up security advisories over the network and advise whoever reads the terminal.
		agentUpgrade: false,
	},
	logging: {
		incomingRequests: {
			// These URLs carry single-use tokens; a log line would keep them.
			ignore: [/^\/api\/auth\/callback/, /^\/account-link\/(confirm|not-me)/],
		},
	},
	headers: async () => [{ source: '/:path*', headers: securityHeaders }],
}

export default nextConfig
