/** Settings of npm that decide whether a registry can be reached at all; everything else is npm talking to itself. */
const KEPT = new Set([
  'registry',
  'proxy',
  'http_proxy',
  'https_proxy',
  'noproxy',
  'ca',
  'cafile',
  'strict_ssl',
  'userconfig',
  'globalconfig',
  'cache',
  'store_dir',
])

/**
 * The environment without what `npm run` adds to it: passed on, its `npm_config_*` variables make other package
 * managers and later npm versions warn about settings that nobody wrote.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(env) {
  const clean = {}
  for (const [name, value] of Object.entries(env)) {
    const lower = name.toLowerCase()
    if (lower.startsWith('npm_config_')) {
      if (!KEPT.has(lower.slice('npm_config_'.length))) continue
    } else if (lower.startsWith('npm_') || lower.startsWith('pnpm_')) {
      continue
    } else if (name === 'INIT_CWD' || name === 'COLOR') {
      continue
    }
    clean[name] = value
  }
  return clean
}
