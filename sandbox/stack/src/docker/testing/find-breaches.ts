import type { ComposeFile, ComposeService } from './compose-file.ts'

const VARIABLE = /^\$\{[A-Z][A-Z0-9_]*(:?[?-][^}]*)?\}$/
/** Names under which a container is given a secret, but those that say something about one. */
const SECRET_NAME = /(PASSWORD|_KEY|SECRET|AUTH)$/
const NOT_SECRET = new Set(['MYSQL_ALLOW_EMPTY_PASSWORD'])
/** Values that are secrets wherever they stand. */
const SECRET_VALUE = /\b(sk|rk)_(test|live)_[A-Za-z0-9]{8,}|\bwhsec_[A-Za-z0-9]{8,}|\b[0-9a-f]{32,}\b/

/** An image is pinned by its whole version; Postgres has two numbers, all others three. */
function isPinned(image: string): boolean {
  return (
    /^[a-z0-9/-]+:v?\d+\.\d+\.\d+(-[a-z0-9.]+)?$/.test(image) || /^postgres:\d+\.\d+-[a-z0-9.]+$/.test(image)
  )
}

function breachesOfSecrets({ environment = {} }: ComposeService): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    if (SECRET_NAME.test(name) && !NOT_SECRET.has(name) && !VARIABLE.test(value))
      return [`${name} is a literal`]
    if (name.endsWith('_URI') && URL.canParse(value.replaceAll(/\$\{[^}]*\}/g, 'variable'))) {
      const password = new URL(value.replaceAll(/\$\{[^}]*\}/g, 'variable')).password
      return password === 'variable' ? [] : [`${name} holds a literal password`]
    }
    return []
  })
}

/**
 * What a Compose file breaks of this repository's promises: everything is published on 127.0.0.1 only, by a variable;
 * every image is pinned; every service tells its health; data is in named volumes; UTC; no secret stands in it.
 *
 * @returns one sentence a breach, none for a file that keeps them
 */
export function findBreaches(file: ComposeFile, text: string): string[] {
  const breaches: string[] = []
  if (SECRET_VALUE.test(text)) breaches.push('the file holds something that looks like a secret')
  for (const [name, service] of Object.entries(file.services)) {
    const found = (breach: string) => breaches.push(`${name}: ${breach}`)
    const { image = '', ports = [], volumes = [], healthcheck, environment = {} } = service
    if (!isPinned(image)) found(`the image ${image} is not pinned`)
    for (const port of ports) {
      if (!port.startsWith('127.0.0.1:')) found(`${port} is published beyond 127.0.0.1`)
      else if (!/^127\.0\.0\.1:\$\{[A-Z_]+:-\d+\}:\d+$/.test(port)) found(`${port} can't be moved`)
    }
    if (
      healthcheck?.test === undefined ||
      !healthcheck.interval ||
      !healthcheck.timeout ||
      !healthcheck.retries
    ) {
      found('it does not tell its health')
    }
    for (const volume of volumes) {
      const source = volume.split(':')[0] ?? ''
      if (!(source in (file.volumes ?? {}))) found(`${source} is not a named volume`)
    }
    if (environment.TZ !== 'UTC') found('its clock is not set to UTC')
    for (const breach of breachesOfSecrets(service)) found(breach)
  }
  return breaches
}
