import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createGuard } from '../guard/guard.ts'
import { freePort } from '../ports/free-port.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { temporaryTablesArgument } from './create-data-folder.ts'
import { findMysqlProgram } from './find-mysql-program.ts'
import { startMysql } from './start-mysql.ts'

const ACCOUNT = { user: 'it', password: 'it', databases: 'it', create: ['it'] }

describe('startMysql', () => {
  it('sweeps temporary tables out of its own folder only', async () => {
    const program = await findMysqlProgram(() => undefined)
    const folder = join(temporaryFolder(), 'data')
    const another = join(temporaryFolder(), 'data')
    for (const dataFolder of [folder, another]) {
      const argument = temporaryTablesArgument(dataFolder)
      expect(argument).toBe(`--tmpdir=${dataFolder}.tmp`)
      writeFileSync(join(`${dataFolder}.tmp`, '#sql-temptable-1-1-1.MAI'), '')
    }
    const guard = createGuard()
    try {
      await startMysql({
        guard,
        program,
        folder,
        port: await freePort(),
        logFile: `${folder}.log`,
        accounts: [ACCOUNT],
      })
      expect(existsSync(join(`${another}.tmp`, '#sql-temptable-1-1-1.MAI'))).toBe(true)
      // The control: in the folder it was given, this server does sweep.
      if (program.flavour === 'mariadb') {
        expect(existsSync(join(`${folder}.tmp`, '#sql-temptable-1-1-1.MAI'))).toBe(false)
      }
    } finally {
      await guard.close()
    }
  })
})
