import type {V1ObjectMeta} from '@kubernetes/client-node'
import type {Plain} from '../model/kept/projection.ts'

/** Query parameters of one request; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>

/** An object as the server sends it, before anything of it is dropped. */
interface SentObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata?: Plain<V1ObjectMeta>
}

/** One change, as the server tells it. Of the object of a BOOKMARK only the resourceVersion means something. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  readonly object: SentObject
  /** It came as protobuf: it has the shape that it should have, and is only what is kept. */
  readonly isKept?: boolean
}

/** When a watch ends that the server does not end. */
export interface WatchLimits {
  readonly signal: AbortSignal
  /** After so many milliseconds without a byte; to be more than the `timeoutSeconds` that the server is asked for. */
  readonly idle: number
}

/**
 * A signed-in connection to one API server. It can only read: there is no other verb than GET.
 */
export interface Connection {
  /** What the kubeconfig calls the server, for messages: `https://10.0.0.1:6443`. */
  readonly server: string
  /** Namespace by kubectl's rules: flag, context, service account, `default`. */
  readonly namespace: string
  /**
   * Begins to connect, ahead of the first request, which is told what goes wrong. Nothing happens where a credential plugin has
   * to be run first: it may have questions of its own.
   */
  dial(): void
  /**
   * GET `path` (`/api/v1/pods`) and return what the server sent: of JSON all of it, of protobuf only what is kept of an object,
   * as JSON has it. Items of a list can be gone through once more, and are made each time, until the list is dropped.
   * @throws StatusError when the API server refuses, ConnectionError when it can't be reached or understood.
   */
  get(path: string, query?: Query, signal?: AbortSignal): Promise<unknown>
  /**
   * GET `path` of what is no object that we read, such as a log, as the text that it is, in a form that is accepted; JSON unless told.
   * It throws what `get` throws.
   */
  text(path: string, query?: Query, signal?: AbortSignal, accept?: string): Promise<string>
  /**
   * What the kubelet of that node has measured, as the text that it is: the one thing that is asked of anybody but the API server,
   * which passes it on. It throws what `get` throws, a ConnectionError for an answer of more bytes, and an AnswerError for no name of a node.
   */
  summary(node: string, mostBytes: number, signal: AbortSignal): Promise<string>
  /**
   * GET `path` as a stream of changes, which is there as soon as the server has agreed. `--request-timeout` bounds only
   * the time until then. The stream ends when the server ends it; half a line at its end is left out.
   * @throws StatusError when the server refuses, at once or by an ERROR event in the stream, and ConnectionError when
   * the connection breaks; asking again is left to the caller.
   */
  watch(path: string, query: Query, limits: WatchLimits): Promise<AsyncIterable<WatchEvent>>
  /** How many different warnings the server has sent by now. */
  warnings?(): number
  /** Close every pooled connection; calling it twice is harmless. */
  close(): Promise<void>
}
