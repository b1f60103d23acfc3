import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise'

/** Read access to both apps' databases, for tests that assert what is stored. The apps themselves never share one. */
export type Databases = {
  tt<Row>(sql: string, values?: (string | number)[]): Promise<Row[]>
  ah<Row>(sql: string, values?: (string | number)[]): Promise<Row[]>
  close(): Promise<void>
}

export function openDatabases(urls: { tt: string; ah: string }): Databases {
  const open = (uri: string): Pool =>
    createPool({ uri, connectionLimit: 2, timezone: 'Z', supportBigNumbers: true })
  const tt = open(urls.tt)
  const ah = open(urls.ah)
  const query =
    (pool: Pool) =>
    async <Row>(sql: string, values: (string | number)[] = []): Promise<Row[]> => {
      const [rows] = await pool.query<RowDataPacket[]>(sql, values)
      // The caller names the columns it selects; the driver can't know them.
      return rows as unknown as Row[]
    }
  return {
    tt: query(tt),
    ah: query(ah),
    async close() {
      await Promise.all([tt.end(), ah.end()])
    },
  }
}
