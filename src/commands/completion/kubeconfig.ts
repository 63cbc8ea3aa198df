import type {ConnectionFlags} from '../../cluster/connect-flags.ts'
import {loadKubeconfig} from '../../cluster/kubeconfig/kubeconfig.ts'
import type {Word} from '../../command-line/place.ts'

/** Names in the kubeconfig that a command would use. @throws AnswerError when it can't be read */
export function entriesOf(
  part: 'contexts' | 'clusters' | 'users',
  {kubeconfig}: ConnectionFlags,
): readonly Word[] {
  const place = {env: process.env, platform: process.platform, note: () => undefined}
  return [...loadKubeconfig(kubeconfig, place)[part].keys()].map((word) => ({word}))
}
