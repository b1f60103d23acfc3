import { spawn } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { repositoryRoot, toolsFolder } from './paths.ts'

const PACKAGE = join(repositoryRoot, 'sandbox', 'stack', 'node_modules', '@sparticuz', 'chromium')

export interface UnpackedChromium {
  executablePath: string
  env: Record<string, string>
}

/**
 * By way of a file: fed through a pipe, tar may end at the archive's last block while its padding is still being
 * written, and the writer fails although everything was unpacked.
 */
async function unpackTar(archive: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const plain = `${folder}-${basename(archive)}.tar`
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(plain))
  const tar = spawn('tar', ['-x', '-f', plain, '-C', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise<number | null>((resolve, reject) => {
    tar.once('error', reject)
    tar.once('exit', resolve)
  })
  rmSync(plain, { force: true })
  if (code !== 0) throw new Error(`${archive} could not be unpacked (tar: ${code}).`)
}

function environmentFor(folder: string): Record<string, string> {
  return {
    LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), folder, process.env.LD_LIBRARY_PATH]
      .filter(Boolean)
      .join(':'),
    // A machine without fonts would show empty boxes, and one without this folder a warning for each process.
    ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
  }
}

/**
 * Unpacks the Chromium that comes as an npm package, with the shared libraries it ships, into `.local/tools/chromium`.
 * Only the first call for a version does any work; two at once don't disturb each other.
 *
 * @returns undefined where there is no such package: other systems than Linux on x64
 */
export async function unpackPackagedChromium(tools = toolsFolder): Promise<UnpackedChromium | undefined> {
  const archive = join(PACKAGE, 'bin', 'chromium.br')
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(archive)) return undefined
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
  const folder = join(tools, 'chromium', version)
  const executablePath = join(folder, 'chromium')
  if (!existsSync(executablePath)) {
    mkdirSync(join(tools, 'chromium'), { recursive: true })
    const work = mkdtempSync(join(tools, 'chromium', 'work-'))
    try {
      await Promise.all([
        pipeline(
          createReadStream(archive),
          createBrotliDecompress(),
          createWriteStream(join(work, 'chromium'), { mode: 0o755 }),
        ),
        unpackTar(join(PACKAGE, 'bin', 'al2023.tar.br'), join(work, 'al2023')),
        unpackTar(join(PACKAGE, 'bin', 'fonts.tar.br'), join(work, 'fonts')),
        unpackTar(join(PACKAGE, 'bin', 'swiftshader.tar.br'), work),
      ])
      renameSync(work, folder)
    } catch (error) {
      // Another process was quicker, which is as good.
      if (!existsSync(executablePath)) throw error
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  }
  return { executablePath, env: environmentFor(folder) }
}
