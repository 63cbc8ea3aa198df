import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

export const TOOLS = {
  etcd: 'go.etcd.io/etcd/server/v3',
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  kwok: 'sigs.k8s.io/kwok/cmd/kwok',
} as const

export type Tool = keyof typeof TOOLS

export const TOOL_NAMES = Object.keys(TOOLS) as readonly Tool[]

export const MODULE_FOLDER = import.meta.dirname

const goMod = () => readFileSync(join(MODULE_FOLDER, 'go.mod'), 'utf8')

export function moduleHash(): string {
  const goSum = readFileSync(join(MODULE_FOLDER, 'go.sum'))
  return createHash('sha256').update(goMod()).update(goSum).digest('hex').slice(0, 16)
}

export function requiredVersion(module: string): string {
  const line = goMod()
    .split('\n')
    .map((each) => each.trim().split(/\s+/))
    .find(([first]) => first === module)
  if (!line?.[1]) throw new Error(`go.mod does not name a version of ${module}`)
  return line[1]
}
