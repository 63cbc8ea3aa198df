import type {V1PodTemplateSpec} from '@kubernetes/client-node'
import {podTemplate} from './pod-spec.ts'
import {type Fields, projection} from './projection.ts'

/** A Pod template as JSON, as far as it is known. */
export type RawTemplate = Readonly<Record<string, unknown>>

const withoutSecrets = projection<{readonly template: V1PodTemplateSpec}>()({
  template: podTemplate,
} satisfies Fields<{readonly template: V1PodTemplateSpec}>)

/** Template that a revision's data are a patch of (`{"spec":{"template":{…,"$patch":"replace"}}}`, getPatch in 1.20 to 1.37); undefined for other data. */
export function templateIn(data: unknown): RawTemplate | undefined {
  const template = partOf(partOf(data, 'spec'), 'template')
  if (!isRecord(template)) return undefined
  const {$patch: _, ...rest} = template
  return rest
}

/** The same fields that are kept of the template in the set itself: no environment, commands, arguments, probes' requests. */
export function withoutSecretsIn(template: RawTemplate): RawTemplate {
  const kept = withoutSecrets({template} as never) as {readonly template: RawTemplate}
  return kept.template
}

function partOf(value: unknown, field: string): unknown {
  return isRecord(value) ? value[field] : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
