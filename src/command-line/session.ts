import type {Reading} from '../cluster/collect.ts'
import type {Connection} from '../cluster/connection.ts'
import {serverVersion} from '../cluster/server-version.ts'
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
  /** Asked for ahead, so that the server is greeted meanwhile; undefined where it must not be, or is not told. */
  readonly version: Promise<string | undefined>
}

/** Begins to connect. Whoever calls it hands it on to `withCluster`, which ends it. */
export function open(request: Request): Opening {
  const progress = progressOn(process.stderr, process.env)
  const connection = connectFor(request, progress)
  // it may fail before somebody waits for it
  const version = connection.then(
    (made) => (made.isSignedIn ? serverVersion(made) : undefined),
    () => undefined,
  )
  return {progress, connection, version}
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
  const {progress, version} = opening
  const connection = await opening.connection
  try {
    return await read(
      {
        connection,
        ...(connection.isSignedIn && {version}),
        chunkSize: request.chunkSize,
        onProgress: progress.show,
        onSettled: progress.stop,
      },
      scopeOf(request, connection.namespace),
    )
  } finally {
    progress.stop()
    await connection.close()
  }
}

/** One line for the person, never on the stream that carries the answer. */
export function note(line: string): void {
  const {isTTY, columns} = process.stderr
  const rows = isTTY && columns > 0 ? wrap(line, columns) : [line]
  process.stderr.write(rows.map((row) => `${row}\n`).join(''))
}
