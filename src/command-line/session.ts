import type {Reading} from '../cluster/collect.ts'
import type {Connection} from '../cluster/connection.ts'
import {shortened} from '../model/clean.ts'
import type {Scope} from '../model/scope.ts'
import {wrap} from '../render/lines.ts'
import {type Progress, progressOn} from './progress.ts'
import {type Request, scopeOf} from './request.ts'

/** What is needed to read, and to say that the first reading is done while more is to follow. */
export interface ConnectedCluster extends Omit<Reading, 'keep'> {
  readonly onSettled: () => void
}

/** A cluster on the way to be connected to, while what will be asked of it is loaded. */
export interface Opening {
  readonly progress: Progress
  readonly connection: Promise<Connection>
}

/** Begins to connect. Whoever calls it hands it on to `withCluster`, which ends it. */
export function open(request: Request): Opening {
  const progress = progressOn(process.stderr, process)
  const connection = connectFor(request, progress)
  // it may fail before somebody waits for it
  connection.then(({dial}) => dial()).catch(() => undefined)
  return {progress, connection}
}

async function connectFor({connection}: Request, progress: Progress): Promise<Connection> {
  const {connect} = await import('../cluster/connect.ts')
  return await connect(connection, {
    note: (line) => {
      progress.stop()
      note(line)
    },
    beforeSignIn: progress.stop,
  })
}

/**
 * Connects, shows progress while `read` works, and closes again whatever happens.
 * @throws AnswerError when the cluster can't be reached or `read` can't be answered.
 */
export async function withCluster<T>(
  request: Request,
  read: (cluster: ConnectedCluster, scope: Scope) => Promise<T>,
  opening: Opening = open(request),
): Promise<T> {
  const {progress} = opening
  const connection = await opening.connection
  try {
    const scope = scopeOf(request, connection.namespace)
    const {chunkSize} = request
    return await read({connection, chunkSize, onProgress: progress.show, onSettled: progress.stop}, scope)
  } finally {
    progress.stop()
    await connection.close()
  }
}

/** Whoever has to read more reads nothing. */
const LONGEST = 4000

/** One line for the person, never on the stream that carries the answer. */
export function note(line: string): void {
  const {isTTY, columns} = process.stderr
  const text = shortened(line, LONGEST)
  const rows = isTTY && columns > 0 ? wrap(text, columns) : [text]
  process.stderr.write(rows.map((row) => `${row}\n`).join(''))
}
