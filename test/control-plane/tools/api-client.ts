import {Agent, request as httpsRequest} from 'node:https'
import {text} from 'node:stream/consumers'

interface ApiResponse {
  readonly code: number
  readonly body: unknown
}

export interface ApiClient {
  readonly request: (method: string, path: string, body?: unknown) => Promise<ApiResponse>
  /** Reads an object or a list; anything but a 200 is an error. */
  readonly get: <T = unknown>(path: string) => Promise<T>
}

export interface ApiClientOptions {
  readonly server: string
  readonly ca: string
  readonly token: string
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  const agent = new Agent({keepAlive: true, ca: options.ca})
  const request = (method: string, path: string, body?: unknown) =>
    send({...options, agent, method, path, body})
  const get = async <T>(path: string) => {
    const {code, body} = await request('GET', path)
    if (code !== 200) throw new Error(`GET ${path}: ${code} ${JSON.stringify(body)}`)
    return body as T
  }
  return {request, get}
}

interface Call extends ApiClientOptions {
  readonly agent: Agent
  readonly method: string
  readonly path: string
  readonly body: unknown
}

function send({server, token, agent, method, path, body}: Call): Promise<ApiResponse> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': contentType(method),
    accept: 'application/json',
  }
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(30_000)
    const call = httpsRequest(new URL(path, server), {agent, method, headers, signal}, async (response) => {
      const answer = await text(response).catch(reject)
      resolve({code: response.statusCode ?? 0, body: parse(answer ?? '')})
    })
    call.once('error', reject)
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

function contentType(method: string): string {
  return method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
}

function parse(answer: string): unknown {
  try {
    return JSON.parse(answer)
  } catch {
    return answer
  }
}
