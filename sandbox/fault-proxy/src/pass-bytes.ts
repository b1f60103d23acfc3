import type { Readable, Writable } from 'node:stream'

/**
 * Lets the first bytes of a body through, at the pace of the receiver, and then nothing more: neither the rest nor an
 * end.
 *
 * @param cut called once, after those bytes were handed over, also when the body was shorter
 */
export function passBytes(source: Readable, destination: Writable, limit: number, cut: () => void): void {
  let left = limit
  let done = false
  const finish = () => {
    if (done) return
    done = true
    source.off('data', onData)
    cut()
  }
  const onData = (chunk: Buffer) => {
    const part = chunk.subarray(0, left)
    left -= part.length
    const roomLeft = part.length === 0 || destination.write(part)
    if (left === 0) return finish()
    if (!roomLeft) {
      source.pause()
      destination.once('drain', () => source.resume())
    }
  }
  source.on('data', onData)
  source.once('end', finish)
}

/**
 * How many bytes pass before the cut: as many as asked for, else half of them; never the last one.
 *
 * @param announced the body's length in bytes, or null where it is not announced
 */
export function bytesBeforeCut(asked: number | undefined, announced: number | null): number {
  if (announced === null) return asked ?? 1
  return Math.min(asked ?? Math.floor(announced / 2), Math.max(announced - 1, 0))
}
