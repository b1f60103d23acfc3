import type { DatabaseSync } from 'node:sqlite'
import { all, one } from './rows.ts'

export type App = {
  name: string
  id: string
  /** Where it is called. */
  url: string
  sdk: string
  framework: string
  /** Of everything it registered: tells whether a registration changed something. */
  checksum: string
  registeredAt: number
}

export type StoredFunction = {
  id: string
  appName: string
  /** The registered configuration as JSON. */
  config: string
  /** 0 when the app no longer has it: it starts no runs, but those under way are still called. */
  active: number
}

const appColumns = 'name, id, url, sdk, framework, checksum, registered_at AS registeredAt'
const functionColumns = 'id, app_name AS appName, config, active'

/** Registered apps and their functions. */
export class FunctionStore {
  readonly #saveApp
  readonly #apps
  readonly #app
  readonly #functions
  readonly #save
  readonly #retire

  constructor(database: DatabaseSync) {
    this.#saveApp = database.prepare(
      `INSERT INTO apps (name, id, url, sdk, framework, checksum, registered_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET url = excluded.url, sdk = excluded.sdk, framework = excluded.framework,
         checksum = excluded.checksum, registered_at = excluded.registered_at`,
    )
    this.#apps = database.prepare(`SELECT ${appColumns} FROM apps ORDER BY name`)
    this.#app = database.prepare(`SELECT ${appColumns} FROM apps WHERE name = ?`)
    this.#functions = database.prepare(`SELECT ${functionColumns} FROM functions ORDER BY id`)
    this.#save = database.prepare(
      `INSERT INTO functions (id, app_name, config, active) VALUES (?, ?, ?, 1)
       ON CONFLICT (id) DO UPDATE SET app_name = excluded.app_name, config = excluded.config, active = 1`,
    )
    this.#retire = database.prepare('UPDATE functions SET active = 0 WHERE app_name = ?')
  }

  apps(): App[] {
    return all<App>(this.#apps)
  }

  app(name: string): App | undefined {
    return one<App>(this.#app, name)
  }

  functions(): StoredFunction[] {
    return all<StoredFunction>(this.#functions)
  }

  /** Replaces the set of functions of an app. */
  register(app: App, functions: { id: string; config: string }[]): void {
    this.#saveApp.run(app.name, app.id, app.url, app.sdk, app.framework, app.checksum, app.registeredAt)
    this.#retire.run(app.name)
    for (const { id, config } of functions) this.#save.run(id, app.name, config)
  }
}
