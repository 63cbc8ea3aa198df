import {createInterface} from 'node:readline/promises'
import {Writable} from 'node:stream'
import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import type {User} from '../kubeconfig/types.ts'
import type {PluginHost} from './exec-credential-host.ts'

/**
 * A user with the name and the password that the person at the terminal gives, as kubectl asks for them where the kubeconfig has no
 * credentials (client-go 0.37 clientcmd/auth_loaders.go), but on stderr, which is not the answer.
 * @throws AnswerError where there is no terminal: nobody is signed in anonymously without a word.
 */
export async function promptedUser(user: User, userName: string, host: PluginHost): Promise<User> {
  if (!host.stdinIsTerminal) throw new AnswerError(noCredentials(userName))
  host.beforeSignIn()
  const username = await ask('Please enter Username: ', true)
  const password = await ask('Please enter Password: ', false)
  if (username === '') throw new AnswerError(noCredentials(userName))
  return {...user, username, password}
}

function noCredentials(userName: string): string {
  const whose = userName === '' ? 'the context names no user' : `user "${clean(userName)}" has no credentials`
  return `error: ${whose} in the kubeconfig, and there is no terminal to ask for a name and a password`
}

async function ask(question: string, isShown: boolean): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({write: (_, __, done) => done()})
  const output = isShown ? process.stderr : silent
  const lines = createInterface({input: process.stdin, output, terminal: true, historySize: 0})
  try {
    const answer = await lines.question('')
    if (!isShown) process.stderr.write('\n')
    return answer.trim()
  } finally {
    lines.close()
  }
}
