import type {Node} from './objects.ts'

/** What gives a node away as a virtual or serverless one, behind which no kubelet runs containers of its own. */
export interface VirtualSign {
  /** After `node/<name>`. */
  readonly text: string
  /** A requirement of a node affinity that such nodes do not meet; undefined where no label tells. */
  readonly keptOff: string | undefined
}

/** Labels of serverless offers, and of virtual-kubelet and those that are built on it; without a value any counts. */
const LABELS: readonly (readonly [RegExp, RegExp?])[] = [
  [/^eks\.amazonaws\.com\/compute-type$/, /^fargate$/],
  [/^type$/, /^virtual-(kubelet|node)$/],
  [/^kubernetes\.io\/role$/, /^virtual-(kubelet|node)$/],
  [/^node\.kubernetes\.io\/instance-type$/, /^eklet$/],
  [/^liqo\.io\/type$/, /^virtual-node$/],
  [/^virtual-kubelet\.io\//],
  [/^virtual-node\./],
]

const TAINTS = [
  /^virtual-(kubelet|node)[./]/,
  /^eks\.amazonaws\.com\/compute-type$/,
  /\/(eklet|virtual-node)$/,
]

/** As virtual-kubelet's providers name their version: `v1.19.10-vk-azure-aci-1.4.1`. */
const VERSION = /-vk-|virtual-kubelet|\bfargate\b/i

/** The first sign that a node is not a machine; undefined for one that looks like any other. */
export function virtualSign({metadata, spec, status}: Node): VirtualSign | undefined {
  return (
    ofLabels(metadata?.labels ?? {}) ??
    ofTaints(spec?.taints ?? []) ??
    ofVersion(status?.nodeInfo?.kubeletVersion)
  )
}

function ofLabels(labels: Readonly<Record<string, string>>): VirtualSign | undefined {
  for (const [keys, values] of LABELS) {
    const found = Object.entries(labels).find(
      ([key, value]) => keys.test(key) && (values?.test(value) ?? true),
    )
    if (!found) continue
    const [key, value] = found
    return {
      text: `label ${key}=${value}`,
      keptOff: values ? `${key} NotIn [${value}]` : `${key} DoesNotExist`,
    }
  }
  return undefined
}

function ofTaints(taints: NonNullable<NonNullable<Node['spec']>['taints']>): VirtualSign | undefined {
  const taint = taints.find(({key}) => TAINTS.some((pattern) => pattern.test(key ?? '')))
  return taint && {text: `taint ${taint.key}`, keptOff: undefined}
}

function ofVersion(version: string | undefined): VirtualSign | undefined {
  return version !== undefined && VERSION.test(version)
    ? {text: `status.nodeInfo.kubeletVersion=${version}`, keptOff: undefined}
    : undefined
}
