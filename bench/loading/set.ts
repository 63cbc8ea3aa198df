import {claimed} from '../objects/claim.ts'
import {namespaceName, type Owner, setName} from '../objects/common.ts'
import {backOff} from '../objects/event.ts'
import {pod} from '../objects/pod.ts'
import {healthOf, isHole} from '../objects/trouble.ts'
import {HASH, revision, service, statefulSet, type WorkloadFacts} from '../objects/workload.ts'
import type {Section} from '../size.ts'
import {type Api, create, range} from './write.ts'

/** One StatefulSet and all that hangs on it, on the nodes of its section. */
export async function loadSet(api: Api, section: Section, set: number): Promise<void> {
  const facts = factsOf(section, set)
  const uid = await create(api, statefulSet(facts))
  const owner = {kind: 'StatefulSet', name: facts.name, uid} as const
  await create(api, revision(owner, facts))
  await create(api, service(facts))
  for (const ordinal of range(0, section.to.replicas)) await loadOrdinal(api, section, set, ordinal, owner)
}

function factsOf(section: Section, set: number): WorkloadFacts {
  const there = range(0, section.to.replicas).filter((ordinal) => !isHole(set, ordinal))
  const ready = there.filter(
    (ordinal) => healthOf(set, ordinal, placeOf(section, set, ordinal)) === 'ready',
  ).length
  const name = setName(set)
  return {
    namespace: namespaceName(set),
    name,
    labels: labelsOf(name),
    counts: {desired: section.to.replicas, there: there.length, ready},
  }
}

const labelsOf = (name: string) => ({
  'app.kubernetes.io/name': 'postgres',
  'app.kubernetes.io/instance': name,
})

async function loadOrdinal(api: Api, section: Section, set: number, ordinal: number, owner: Owner) {
  const namespace = namespaceName(set)
  const name = `${owner.name}-${ordinal}`
  const at = placeOf(section, set, ordinal)
  const claim = {namespace, name: `data-${name}`, labels: labelsOf(owner.name)}
  for (const stored of claimed(claim, at)) await create(api, stored)
  if (isHole(set, ordinal)) return
  const labels = {
    ...labelsOf(owner.name),
    'statefulset.kubernetes.io/pod-name': name,
    'apps.kubernetes.io/pod-index': `${ordinal}`,
    'controller-revision-hash': `${owner.name}-${HASH}`,
  }
  const health = healthOf(set, ordinal, at)
  const uid = await create(api, pod({owner, namespace, name, at, labels, health}))
  if (health === 'crashing') await create(api, backOff(namespace, name, uid, at))
}

/** Index of its node: those of a section in turn. */
function placeOf({from, to}: Section, set: number, ordinal: number): number {
  return from.nodes + (((set - from.sets) * to.replicas + ordinal) % (to.nodes - from.nodes))
}
