import type { DatabaseSync } from 'node:sqlite'

/** What a unit of work may ask for besides its writes. */
export type Transaction = {
  /** Runs once the writes are on disk; never when they were rolled back. */
  afterCommit: (action: () => void) => void
}

type Unit = {
  work: (transaction: Transaction) => unknown
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/**
 * Group commit: all units of work that arrive in one turn of the event loop share one transaction and one sync to
 * disk. Each unit is atomic by itself (a savepoint), and its promise resolves when it is on disk.
 */
export class Transactions {
  readonly #database: DatabaseSync
  readonly #begin
  readonly #commit
  readonly #save
  readonly #release
  readonly #delayMs: number
  #waiting: Unit[] = []
  #scheduled = false

  /** @param delayMs only for the control of the kill test: waits before it commits; 0 otherwise */
  constructor(database: DatabaseSync, delayMs = 0) {
    this.#database = database
    this.#begin = database.prepare('BEGIN IMMEDIATE')
    this.#commit = database.prepare('COMMIT')
    this.#save = database.prepare('SAVEPOINT unit')
    this.#release = database.prepare('RELEASE unit')
    this.#delayMs = delayMs
  }

  /** Runs `work` in the next group. Rejects with what `work` throws, after undoing its writes alone. */
  run<Result>(work: (transaction: Transaction) => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, resolve: (value) => resolve(value as Result), reject })
      if (this.#scheduled) return
      this.#scheduled = true
      if (this.#delayMs > 0) setTimeout(() => this.flush(), this.#delayMs)
      else setImmediate(() => this.flush())
    })
  }

  /** Commits what is waiting now. */
  flush(): void {
    this.#scheduled = false
    const units = this.#waiting
    if (units.length === 0) return
    this.#waiting = []
    const settled: (() => void)[] = []
    const afterwards: (() => void)[] = []
    try {
      this.#begin.run()
      for (const unit of units) this.#runUnit(unit, settled, afterwards)
      this.#commit.run()
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      for (const unit of units) unit.reject(error)
      return
    }
    for (const action of [...afterwards, ...settled]) action()
  }

  #runUnit(unit: Unit, settled: (() => void)[], afterwards: (() => void)[]): void {
    this.#save.run()
    const actions: (() => void)[] = []
    try {
      const value = unit.work({ afterCommit: (action) => actions.push(action) })
      this.#release.run()
      afterwards.push(...actions)
      settled.push(() => unit.resolve(value))
    } catch (error) {
      this.#database.exec('ROLLBACK TO unit; RELEASE unit')
      settled.push(() => unit.reject(error))
    }
  }
}
