import { expect, it } from 'vitest'
import { waitFor } from '../testing/wait-for.ts'
import { openStore } from './store.ts'
import { defaultRetention } from './trim.ts'
import { startTrimming } from './trimming.ts'

it('trims while many events come in, not only from time to time', async () => {
  const store = openStore(undefined)
  const retention = { ...defaultRetention, maximumEvents: 500 }
  const failures: unknown[] = []
  const trimming = startTrimming(store, retention, Date.now, (error) => failures.push(error))
  const count = () => Number(store.database.prepare('SELECT count(*) AS count FROM events').get()?.count)
  let most = 0
  for (let batch = 0; batch < 60; batch++) {
    await store.transactions.run(() => {
      for (let index = 0; index < 500; index++) {
        const id = `${batch} ${index}`
        store.events.insert({ id, name: 'a', payload: '{}', internal: 0, receivedAt: Date.now() })
      }
      trimming.noticeEvents(500)
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    most = Math.max(most, count())
  }
  expect(most).toBeLessThan(15_000)
  await waitFor('the rest', () => count() <= 500)
  expect(failures).toEqual([])
  trimming.stop()
  store.close()
})
