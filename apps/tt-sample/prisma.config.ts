import {defineConfig} from 'prisma/config'

/** For the Prisma command line only; the app reads its own environment in src/server/env.ts. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  datasource: {url: process.env.DATABASE_URL ?? ''},
})
