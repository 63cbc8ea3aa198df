import type {ClusterSnapshot, Omission} from '../model/snapshot.ts'
import type {Connection} from './connection.ts'
import {AnswerError, StatusError} from './errors.ts'
import {detailOf, reasonOf} from './refusal-words.ts'

/** `v1.37.1`; undefined where the server does not tell; an omission where asking for it broke, for it decides what is true. */
export async function serverVersion(
  connection: Connection,
  signal?: AbortSignal,
): Promise<string | Omission | undefined> {
  try {
    const answer = (await connection.get('/version', {}, signal)) as {gitVersion?: unknown} | null
    return typeof answer?.gitVersion === 'string' ? answer.gitVersion : undefined
  } catch (error) {
    const isSaid = error instanceof StatusError && error.code < 500 && error.code !== 429
    if (!(error instanceof AnswerError) || isSaid) return undefined
    return {resource: 'version', reason: reasonOf(error), message: detailOf(error)}
  }
}

/** Whether it refuses to tell, which no server does that knows who may do what: everybody may ask. */
export async function refusesVersion(connection: Connection, signal?: AbortSignal): Promise<boolean> {
  return await connection.get('/version', {}, signal).then(
    () => false,
    (error) => error instanceof StatusError && error.code === 403,
  )
}

/** That snapshot with what the server says of itself, however often that is added. */
export function withVersion(
  snapshot: ClusterSnapshot,
  version: string | Omission | undefined,
): ClusterSnapshot {
  if (version === undefined) return snapshot
  if (typeof version === 'string') return {...snapshot, server: {version}}
  const others = snapshot.omissions.filter(({resource}) => resource !== version.resource)
  return {...snapshot, omissions: [...others, version]}
}
