import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StackError } from './errors.ts'
import { appFolder, localFolder, nodeProgram } from './paths.ts'

/**
 * Generates tt-sample's Prisma client when its schema or Prisma's version has changed. The generator's schema engine
 * is a download that is never needed for this: a program that does nothing stands in its place.
 *
 * @returns whether anything was generated
 * @throws StackError when Prisma refuses the schema, with its words
 */
export async function generatePrismaClient(): Promise<boolean> {
  const folder = appFolder('tt')
  const schema = join(folder, 'prisma', 'schema.prisma')
  if (!existsSync(schema)) return false
  const hash = createHash('sha256')
    .update(readFileSync(schema))
    .update(readFileSync(join(folder, 'package.json')))
    .digest('hex')
  const stampFile = join(localFolder, 'stamps', 'prisma-client')
  const generated = join(folder, 'src', 'generated', 'prisma', 'client.ts')
  if (existsSync(generated) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return false

  const child = spawn(
    nodeProgram(),
    [join(folder, 'node_modules', 'prisma', 'build', 'index.js'), 'generate'],
    {
      cwd: folder,
      env: {
        // Next's types, where a program loads them too, ask for it in every environment.
        NODE_ENV: 'development',
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '',
        PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        // Only the address's form matters to the generator.
        DATABASE_URL: 'mysql://nobody:nothing@127.0.0.1:1/none',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0 || !existsSync(generated)) {
    throw new StackError('step-failed', 'The Prisma client could not be generated.', {
      lastLines: output.split('\n').filter(Boolean).slice(-15),
      nextStep: `Check ${schema}.`,
    })
  }
  mkdirSync(join(localFolder, 'stamps'), { recursive: true })
  writeFileSync(stampFile, hash)
  return true
}
