import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { send } from './testing/send.ts'
import { closeAfterTest, startBoth, until } from './testing/test-proxy.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

function run(...args: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  closeAfterTest({ close: () => void child.kill('SIGKILL') })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
  }
  return { child, output: () => output }
}

describe('the command', () => {
  it('stands in front of a server with the faults it was given, and ends when told to', async () => {
    const { target } = await startBoth()
    const { child, output } = run(
      ...['--listen', '0', '--to', target.url, '--control', '0'],
      ...['--fault', 'status:502,path=/broken', '--fault', 'delay:1'],
    )
    await until('it says what it does', () => output().includes('waits 1 ms'))
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? ''
    const controlUrl = /control (http:\S+)/.exec(output())?.[1] ?? ''
    expect((await send(`${url}/broken`)).status).toBe(502)
    expect((await send(`${url}/whole`)).status).toBe(201)
    expect((await fetch(`${controlUrl}/faults`, { method: 'DELETE' })).status).toBe(204)
    expect((await send(`${url}/broken`)).status).toBe(201)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it.each([
    [[], '--listen and --to are needed'],
    [['--listen', 'x', '--to', 'http://127.0.0.1:1'], '--listen must be a port'],
    [['--listen', '0', '--to', 'https://127.0.0.1:1'], '--to must be an http:// address'],
    [['--listen', '0', '--to', 'http://127.0.0.1:1', '--fault', 'slow'], '“slow” is no fault'],
    [['--loud'], 'Unknown option'],
  ])('says what is wrong with %j and how it is used', async (args, reason) => {
    const { child, output } = run(...args)
    expect(await once(child, 'close')).toEqual([2, null])
    expect(output()).toContain(reason)
    expect(output()).toContain('Usage:')
  })

  it('says that a port is taken, and ends', async () => {
    const { proxy, target } = await startBoth()
    const free = ['--listen', '0', '--to', target.url]
    for (const args of [
      ['--listen', String(proxy.port), '--to', target.url],
      [...free, '--control', String(proxy.port)],
    ]) {
      const { child, output } = run(...args)
      expect(await once(child, 'close')).toEqual([1, null])
      expect(output()).toContain('Another process has this port')
    }
  })
})
