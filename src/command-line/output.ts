import {once} from 'node:events'

const CHUNK = 64 * 1024

/** The reader has closed the pipe (`| head`): there is nobody left to tell anything. */
export class ReaderGone extends Error {}

/**
 * Writes lines as they come, a chunk at a time, and waits for a slow reader, so that a long answer is never
 * held in memory as text.
 * @throws ReaderGone when the other end of the pipe is closed.
 */
export function writeLines(lines: Iterable<string>, stream: NodeJS.WriteStream): Promise<void> {
  return writePieces(ended(lines), stream)
}

function* ended(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}

/** Writes pieces of text as they come, without line ends. @throws ReaderGone when the other end of the pipe is closed. */
export async function writePieces(pieces: Iterable<string>, stream: NodeJS.WriteStream): Promise<void> {
  let chunk = ''
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < CHUNK) continue
    await write(chunk, stream)
    chunk = ''
  }
  if (chunk !== '') await write(chunk, stream)
}

async function write(text: string, stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed) throw new ReaderGone()
  if (!stream.write(text)) await drained(stream)
}

/** Listens only as long as it waits, so that a long answer to a slow reader does not pile up listeners. */
async function drained(stream: NodeJS.WriteStream): Promise<void> {
  const over = new AbortController()
  const closed = once(stream, 'close', {signal: over.signal}).then(() => {
    throw new ReaderGone()
  })
  try {
    await Promise.race([once(stream, 'drain', {signal: over.signal}), closed])
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EPIPE' ? new ReaderGone() : error
  } finally {
    over.abort()
  }
}

/**
 * Whether a stream gets colour: kubectl's rule (cli-runtime terminal.AllowsColorOutput), where `NO_COLOR` counts
 * even when it is empty, and of the terminals of Windows only the new one has any. `--color` overrides it; `FORCE_COLOR` means nothing to kubectl and to us.
 */
export function allowsColor(
  choice: string,
  stream: {readonly isTTY?: boolean},
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (choice !== 'auto') return choice === 'always'
  const isColorful = platform !== 'win32' || env.WT_SESSION !== undefined
  return stream.isTTY === true && isColorful && env.TERM !== 'dumb' && env.NO_COLOR === undefined
}

/** Width to print for; none on a pipe, nor for a terminal that does not know its size and reports 0. */
export function widthOf({isTTY, columns}: NodeJS.WriteStream): {width?: number} {
  return isTTY && columns > 0 ? {width: columns} : {}
}

/** Whether a cursor can be moved there: not where TERM says so, nor, but on Windows, where it says nothing. */
export function canMove(
  {isTTY}: {readonly isTTY?: boolean},
  {env, platform}: Pick<NodeJS.Process, 'env' | 'platform'>,
): boolean {
  const {TERM: terminal = ''} = env
  return isTTY === true && terminal !== 'dumb' && (terminal !== '' || platform === 'win32')
}
