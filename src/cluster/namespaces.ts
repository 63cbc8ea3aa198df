import type {KubernetesObject} from '../model/objects.ts'
import type {Connection} from './connection.ts'
import {pageIn} from './page.ts'

const PAGE = 500

/**
 * Names of all namespaces, which are no kind that an answer is made of. @throws StatusError, ConnectionError as every reading;
 * SyntaxError for what is no JSON.
 */
export async function namespaces(connection: Connection, signal: AbortSignal): Promise<readonly string[]> {
  const found: string[] = []
  for (let token: string | undefined; ; ) {
    const query = {limit: PAGE, continue: token}
    const page = pageIn(JSON.parse(await connection.text('/api/v1/namespaces', query, signal)))
    for (const item of page?.items ?? []) found.push((item as KubernetesObject).metadata?.name ?? '')
    token = page?.token
    if (token === undefined) return found
  }
}
