import { readdirSync, readFileSync } from 'node:fs'
import { arch, platform, release } from 'node:os'
import { delimiter } from 'node:path'
import { repositoryRoot, toolsFolder } from '../paths.ts'
import { findProgram } from '../picking/find-program.ts'
import { askVersion } from './ask-version.ts'
import { type Finding, note, ok, problem } from './finding.ts'

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'Linux', darwin: 'macOS' }

/** The kernel's own line about itself, which names WSL; empty where there is none. */
function kernelLine(): string {
  try {
    return readFileSync('/proc/version', 'utf8')
  } catch {
    return ''
  }
}

/** @param kernel what `/proc/version` says; @param root where the checkout lies */
export function describeSystem(kernel = kernelLine(), root = repositoryRoot): Finding[] {
  const system = `${SYSTEMS[platform()] ?? platform()} ${release()}, ${arch()}`
  if (!/microsoft/i.test(kernel)) return [ok(`${system}.`)]
  const findings: Finding[] = []
  if (/WSL2/i.test(kernel)) findings.push(ok(`WSL 2 (${system}).`))
  else {
    findings.push(
      problem(
        'This is WSL 1, on which databases and dev servers do not run as they should.',
        'In Windows: `wsl --set-version <distribution> 2`.',
      ),
    )
  }
  if (/^\/mnt\/[a-z]\//.test(root)) {
    findings.push(
      note(
        'The checkout lies on a Windows drive: everything that reads many files is many times slower there.',
        'Clone it into the home folder of the Linux system.',
      ),
    )
  }
  return findings
}

/** The person's own PATH: bootstrap puts the project's programs in front of it. */
function pathOutside(): string {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(repositoryRoot))
    .join(delimiter)
}

async function describeNode(signal: AbortSignal): Promise<Finding[]> {
  const program = findProgram('node', pathOutside())
  const version = program === undefined ? undefined : await askVersion(program, ['--version'], { signal })
  const own = `the project's own ${process.versions.node}`
  return [
    version === undefined
      ? note(
          `There is no node on PATH; ${own} runs everything.`,
          'Install Node from https://nodejs.org to use npm.',
        )
      : ok(`Node ${version} on PATH; ${own} runs everything.`),
  ]
}

async function describePackageManagers(signal: AbortSignal): Promise<Finding[]> {
  const npm = findProgram('npm', pathOutside())
  const version = npm === undefined ? undefined : await askVersion(npm, ['--version'], { signal })
  let pnpm: string | undefined
  try {
    pnpm = readdirSync(toolsFolder).find((name) => /^pnpm-[\d.]+$/.test(name))
  } catch {
    // The packages were installed without this project's own set-up.
  }
  const findings = [
    npm === undefined
      ? note('There is no npm on PATH.', 'Install Node from https://nodejs.org: npm comes with it.')
      : ok(`npm ${version ?? '(it does not tell its version)'}.`),
  ]
  if (pnpm !== undefined)
    findings.push(ok(`pnpm ${pnpm.slice('pnpm-'.length)}, the project's own; the packages are installed.`))
  return findings
}

/** The system, Node and the package managers. */
export async function checkMachine(signal: AbortSignal): Promise<Finding[]> {
  const [node, managers] = await Promise.all([describeNode(signal), describePackageManagers(signal)])
  return [...describeSystem(), ...node, ...managers]
}
