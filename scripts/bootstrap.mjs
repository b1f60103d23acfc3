/*
 * What every `npm run X` of the root calls: `node scripts/bootstrap.mjs X …`. It makes the checkout ready (pnpm, the
 * packages, Node 24) and hands over to the command.
 *
 * This file has to be readable by any Node that people may have, so that an old one gets a sentence instead of a
 * syntax error: no imports, no modern syntax. The work is in setup/.
 */
var MINIMUM_NODE = 20

function refuse(message) {
  console.error(message)
  process.exit(1)
}

var major = Number(process.versions.node.split('.')[0])

if (process.platform === 'win32') {
  refuse(
    'This project runs on Linux and macOS, not on Windows itself.\n' +
      'Next step: open it in WSL 2 (https://learn.microsoft.com/windows/wsl/install) and run the same command there.',
  )
} else if (major < MINIMUM_NODE) {
  refuse(
    'This is Node ' +
      process.versions.node +
      '; the project needs Node ' +
      MINIMUM_NODE +
      ' or newer.\n' +
      'Next step: install a current Node from https://nodejs.org and run the same command again.',
  )
} else {
  import('./setup/run-command.mjs')
    .then((setup) => setup.runCommand(process.argv.slice(2)))
    .catch((error) => {
      console.error(error)
      process.exit(1)
    })
}
