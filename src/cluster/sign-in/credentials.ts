import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {keepSecret} from '../masking.ts'

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

/** The same, whose secrets nobody will be shown, though a server or a proxy may say them back to us. */
export function discreet(signIn: SignIn): SignIn {
  const keep = <C extends Credentials | undefined>(found: C): C => {
    keepSecret(found?.authorization?.replace(/^\S+ /, ''))
    return found
  }
  return {
    ...(signIn.fixed && {fixed: keep(signIn.fixed)}),
    credentials: async () => keep(await signIn.credentials()),
    renew: async (refused) => keep(await signIn.renew(refused)),
  }
}

/** A failure to sign in, worded as kubectl words what its transport reports. */
export function signInError(problem: string): AnswerError {
  return new AnswerError(`Unable to connect to the server: ${clean(problem)}`)
}
