import type {Connection} from './connection.ts'

/** `v1.37.1`; undefined where the server does not tell, which changes no answer. */
export async function serverVersion(
  connection: Connection,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const answer = (await connection.get('/version', {}, signal)) as {gitVersion?: string}
    return answer.gitVersion
  } catch {
    return undefined
  }
}
