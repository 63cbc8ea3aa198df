import type {KubernetesObject} from '../model/objects.ts'

/** Where `kubectl apply` keeps the whole object once more. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

type Plain = Readonly<Record<string, unknown>>

/**
 * An object fit to be attached to a ticket: whole, but without managedFields, the last-applied annotation and
 * the literal values of environment variables, which are where passwords hide.
 */
export function scrub(object: KubernetesObject): KubernetesObject {
  const {managedFields: _, annotations, ...metadata} = (object.metadata ?? {}) as Plain
  const kept = withoutKey(annotations as Plain | undefined, LAST_APPLIED)
  const rest = withoutEnvValues(object) as Plain
  return {...rest, metadata: {...metadata, ...(kept && {annotations: kept})}} as KubernetesObject
}

function withoutKey(map: Plain | undefined, key: string): Plain | undefined {
  if (!map) return undefined
  const kept = Object.entries(map).filter(([name]) => name !== key)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/** Wherever a container may stand: in a Pod, in a template, and in a template's template. */
function withoutEnvValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEnvValues)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === 'env' && Array.isArray(child)
        ? child.map((each) => withoutKey(each, 'value'))
        : withoutEnvValues(child),
    ]),
  )
}
