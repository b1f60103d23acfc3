import type { DatabaseSync } from 'node:sqlite'
import { one } from './rows.ts'

/** What the server itself remembers between two starts, by name. */
export class SettingStore {
  readonly #find
  readonly #save

  constructor(database: DatabaseSync) {
    this.#find = database.prepare('SELECT value FROM settings WHERE name = ?')
    this.#save = database.prepare(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
  }

  find(name: string): string | undefined {
    return one<{ value: string }>(this.#find, name)?.value
  }

  save(name: string, value: string): void {
    this.#save.run(name, value)
  }
}
