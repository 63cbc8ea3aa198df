const UID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
/** As the kubelet names a Pod in its messages: `db-2_shop(ade9eb3d-…)`. */
const KUBELETS_NAME = new RegExp(`_[a-z0-9-]+\\(${UID}\\)`, 'g')
const IN_BRACKETS = new RegExp(` ?\\((?:UID: |uid: )?"?${UID}"?\\)`, 'g')

/** A component's message without the UIDs of Pods, which say nothing to a reader: `pod db-2_shop(ade9…)` → `pod db-2`. */
export function withoutUids(message: string): string {
  return message.replaceAll(KUBELETS_NAME, '').replaceAll(IN_BRACKETS, '')
}
