import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'

/** What proves who we are: a header, a client certificate, or both. Never printed. */
export interface Credentials {
  readonly authorization?: string | undefined
  readonly cert?: Buffer | string | undefined
  readonly key?: Buffer | string | undefined
}

export interface SignIn {
  /** Those that were there from the start, in the kubeconfig, and never change. */
  readonly fixed?: Credentials
  /** Credentials that are valid as far as can be known here. */
  credentials(): Promise<Credentials>
  /** Other credentials than those the server has just refused; undefined if there are no others. */
  renew(refused: Credentials): Promise<Credentials | undefined>
}

/** A failure to sign in, worded as kubectl words what its transport reports. */
export function signInError(problem: string): AnswerError {
  return new AnswerError(`Unable to connect to the server: ${clean(problem)}`)
}
