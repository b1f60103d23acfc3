/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Two stacks in one checkout must not share a build folder.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  transpilePackages: ['@cross-app/shared'],
  experimental: {
    instrumentationHook: true,
    // Prisma's driver loads its parts at run time; bundled, it would look for them beside the bundle.
    serverComponentsExternalPackages: ['@prisma/adapter-mariadb', 'mariadb'],
  },
  // `npm run check` does both, once for all packages.
  eslint: {ignoreDuringBuilds: true},
  typescript: {ignoreBuildErrors: true},
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          {key: 'X-Content-Type-Options', value: 'nosniff'},
          {key: 'X-Frame-Options', value: 'DENY'},
          {
            key: 'Content-Security-Policy',
            value: "frame-ancestors 'none'; base-uri 'self'; object-src 'none'",
          },
          {key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin'},
          {key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()'},
        ],
      },
    ]
  },
}
