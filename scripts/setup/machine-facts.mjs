import { execFile } from 'node:child_process'
import { statfsSync } from 'node:fs'
import { npmCommand } from './install.mjs'

const LIMIT_MS = 5_000
/** What an installation fills, and a little. */
const NEEDED_GIB = 3

/** Whether npm reaches its registry, with the proxy and certificates that it is set up with. */
function registryAnswers() {
  const [npm, args] = npmCommand()
  return new Promise((resolve) => {
    const options = { timeout: LIMIT_MS, killSignal: 'SIGKILL' }
    execFile(npm, [...args, 'ping', '--fetch-retries=0', '--no-update-notifier'], options, (error) =>
      resolve(error === null),
    )
  })
}

function freeGib(root) {
  const { bavail, bsize } = statfsSync(root)
  return (bavail * bsize) / 1024 ** 3
}

/**
 * What can be told of a machine on which not even the packages could be installed: the useful part of `npm run doctor`
 * that needs none of them.
 *
 * @param {string} root
 * @returns {Promise<{ ok: boolean, text: string }[]>}
 */
export async function machineFacts(root) {
  const answers = await registryAnswers()
  const proxies = Object.keys(process.env).filter((name) => /^(npm_config_)?(https?_)?proxy$/i.test(name))
  const through = proxies.length === 0 ? 'no proxy is set' : `proxies are set: ${proxies.join(', ')}`
  const free = freeGib(root)
  return [
    { ok: true, text: `Node ${process.versions.node} on ${process.platform} ${process.arch}` },
    {
      ok: answers,
      text: answers
        ? 'The npm registry answers'
        : `The npm registry does not answer within ${LIMIT_MS / 1_000} s (${through}): \`npm ping\` says more`,
    },
    {
      ok: free >= NEEDED_GIB,
      text: `${free.toFixed(1)} GiB of disk free; an installation needs ${NEEDED_GIB}`,
    },
  ]
}
