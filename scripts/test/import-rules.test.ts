import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const trees: string[] = []
afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true, force: true })
})

/** Lints text as if it stood in that file of this repository, by this repository's rules; returns those it breaks. */
function brokenRules(file: string, text: string): string[] {
  const tree = mkdtempSync(join(tmpdir(), 'import-rules-'))
  trees.push(tree)
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  writeFileSync(join(tree, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }))
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), `${text}\nexport {}\n`)
  const { stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--colors=off', file],
    {
      cwd: tree,
      encoding: 'utf8',
    },
  )
  return [...new Set(`${stdout}${stderr}`.match(/lint\/\w+\/\w+/g) ?? [])]
}
const IMPORTS = 'lint/style/noRestrictedImports'
const PROCESS_ENV = 'lint/style/noProcessEnv'

describe('the part that is copied out', () => {
  it.each([
    ['apps/tt-sample/src/cross-app/syncs/x.ts', "import '@/server/db'"],
    ['apps/tt-sample/src/cross-app/syncs/x.ts', "import '../../server/db'"],
    ['apps/ah-sample/src/cross-app/grants/x.ts', "import '../../access/read-course'"],
    ['apps/ah-sample/src/cross-app/index.ts', "import '../server/env'"],
    ['apps/ah-sample/src/cross-app/ui/x.tsx', "import '@/components/button'"],
  ])('may not import the app: %s %s', (file, text) => {
    expect(brokenRules(file, text)).toContain(IMPORTS)
  })

  it.each([
    ['apps/tt-sample/src/cross-app/host.ts', "import '@/server/db'"],
    ['apps/tt-sample/src/cross-app/syncs/x.ts', "import '../outbox/write-outbox'"],
    ['apps/ah-sample/src/cross-app/grants/x.ts', "import '@cross-app/shared'"],
  ])('may import its own, the shared package, and the app through host.ts: %s %s', (file, text) => {
    expect(brokenRules(file, text)).not.toContain(IMPORTS)
  })

  it.each([
    ['apps/tt-sample/src/pages/x.tsx', "import '@/cross-app/syncs/send-due-syncs'"],
    ['apps/ah-sample/src/commerce/x.ts', "import '../cross-app/grants/apply-revision'"],
  ])('is imported by the app through its index only: %s %s', (file, text) => {
    expect(brokenRules(file, text)).toContain(IMPORTS)
  })

  it.each([
    ['apps/tt-sample/src/pages/x.tsx', "import '@/cross-app/ui/sync-status'"],
    ['apps/ah-sample/src/commerce/x.ts', "import '../cross-app'"],
  ])('offers index.ts and ui/: %s %s', (file, text) => {
    expect(brokenRules(file, text)).not.toContain(IMPORTS)
  })

  it('reads no environment variable past host.ts', () => {
    const text = 'console.log(process.env.CROSS_APP_SECRET)'
    expect(brokenRules('apps/tt-sample/src/cross-app/syncs/x.ts', text)).toContain(PROCESS_ENV)
    expect(brokenRules('apps/tt-sample/src/cross-app/host.ts', text)).not.toContain(PROCESS_ENV)
  })
})

describe('packages/shared', () => {
  it.each(["import 'react'", "import 'next/server'", "import 'node:crypto'", "import 'zod'"])(
    'may not %s',
    (text) => {
      expect(brokenRules('packages/shared/src/x.ts', text)).toContain(IMPORTS)
    },
  )

  it.each(["import 'zod/v4'", "import 'jose'", "import './errors'"])('may %s', (text) => {
    expect(brokenRules('packages/shared/src/x.ts', text)).not.toContain(IMPORTS)
  })
})
