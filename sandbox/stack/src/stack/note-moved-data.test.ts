import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stackFolder } from '../paths.ts'
import { dataPlace, noteMovedData } from './note-moved-data.ts'

const pick = (choice: string, what: string) => ({ choice, what, version: '', forced: false, passedOver: [] })

function ownName(): string {
  const name = `test-${randomBytes(4).toString('hex')}`
  onTestFinished(() => rmSync(stackFolder(name), { recursive: true, force: true }))
  return name
}

describe('noteMovedData', () => {
  it('says where the data of the last start is when a database is another one, once', () => {
    const name = ownName()
    const installed = dataPlace(name, 'tt', pick('installed', 'MariaDB 10.11.19, installed'), '')
    const docker = dataPlace(name, 'tt', pick('docker', 'MySQL 8.4.10, Docker'), '')
    expect(noteMovedData(name, { tt: installed, ah: docker })).toEqual([])
    expect(noteMovedData(name, { tt: docker, ah: docker })).toEqual([
      `Total TypeScript's data is in the Docker volume mysql-tt now. What was there at the last start is still in .local/${name}/mysql-tt.`,
    ])
    expect(noteMovedData(name, { tt: docker, ah: docker })).toEqual([])
    // A stack without databases knows nothing of them, and forgets nothing.
    expect(noteMovedData(name, {})).toEqual([])
    expect(noteMovedData(name, { tt: installed })).toHaveLength(1)
  })
})

describe('dataPlace', () => {
  it('is another one for each flavour, since neither server reads the files of the other', () => {
    const places = ['MariaDB 11.4.2, installed', 'MySQL 8.0.44, installed'].map((what) =>
      dataPlace('dev', 'ah', pick('installed', what), ''),
    )
    expect(places).toEqual(['.local/dev/mysql-ah', '.local/dev/mysql-ah-mysql'])
  })

  it('stays the same when the same server comes from elsewhere, or in another version', () => {
    const place = (what: string) => dataPlace('dev', 'ah', pick('package', what), '')
    expect(place('MariaDB 10.11.19, Debian package')).toBe(place('MariaDB 10.11.14, installed'))
  })

  it('names a given database without its user and password', () => {
    expect(dataPlace('dev', 'tt', pick('url', ''), 'mysql://me:secret@db.test:3306/shop?ssl=true')).toBe(
      'db.test:3306/shop',
    )
  })
})
