import {execFile} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, it, onTestFinished} from 'vitest'

const app = fileURLToPath(new URL('../..', import.meta.url))
const compiler = join(app, '../../packages/shared/node_modules/typescript-5.4/bin/tsc')

/** What TypeScript 5.4 says at target ES5, without down-level iteration: the settings of the platform this is copied into. */
async function complaintsAbout(files: string[], extra = ''): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'es5-'))
  onTestFinished(() => rm(folder, {recursive: true, force: true}))
  await writeFile(join(folder, 'extra.ts'), `export {}\n${extra}\n`)
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'es5',
        lib: ['dom', 'dom.iterable', 'esnext'],
        jsx: 'preserve',
        types: ['node'],
        typeRoots: [join(app, 'node_modules/@types')],
        strict: true,
        noUncheckedIndexedAccess: true,
        esModuleInterop: true,
        isolatedModules: true,
        noEmit: true,
        skipLibCheck: true,
        module: 'esnext',
        moduleResolution: 'bundler',
      },
      files: ['extra.ts', ...files.map((file) => join(app, file))],
    }),
  )
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, '-p', folder], (_error, output) => resolve(output))
  })
}

it('compiles on the older compiler and target of the platform it is copied into', async () => {
  const entrances = [
    'index.ts',
    'ui/sync-status.tsx',
    'ui/linked-account.tsx',
    'ui/bundle-upsell.tsx',
    'ui/timeline.tsx',
    'ui/use-sync-status.ts',
  ]
  expect(await complaintsAbout(entrances.map((file) => join('src/cross-app', file)))).toBe('')
}, 60_000)

it.each(['for (const one of new Set([1])) one', 'AbortSignal.any([])'])(
  'would be told of %s (control)',
  async (line) => {
    expect(await complaintsAbout([], line)).toMatch(/error TS/)
  },
  60_000,
)
