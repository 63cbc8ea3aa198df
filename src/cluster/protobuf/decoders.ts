// Made of kept.proto by `npm run protobuf`.
import {alike, known} from './alike.ts'
import {annotation, IntOrString, MicroTime, Quantity, RawExtension, Time} from './shapes.ts'
import {endOf, entry, more, number, type Reader, text, whole} from './wire.ts'

type Made = any

function Presence(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ObjectMeta(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.name = v; break }
      case 26: { const v = text(r); if (v !== '') o.namespace = v; break }
      case 42: { const v = text(r); if (v !== '') o.uid = v; break }
      case 56: { const v = number(r); if (v !== 0) o.generation = v; break }
      case 66: { const v = Time(r, endOf(r)); if (v !== null) o.creationTimestamp = v; break }
      case 74: { const v = Time(r, endOf(r)); if (v !== null) o.deletionTimestamp = v; break }
      case 80: o.deletionGracePeriodSeconds = number(r); break
      case 90: entry(r, (o.labels ??= {}), text); break
      case 98: o.annotations = annotation(r, o.annotations); break
      case 106: o.ownerReferences = more(o.ownerReferences, OwnerReference(r, endOf(r))); break
      case 114: o.finalizers = more(o.finalizers, text(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ChangedObjectMeta(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.name = v; break }
      case 26: { const v = text(r); if (v !== '') o.namespace = v; break }
      case 42: { const v = text(r); if (v !== '') o.uid = v; break }
      case 56: { const v = number(r); if (v !== 0) o.generation = v; break }
      case 66: { const v = Time(r, endOf(r)); if (v !== null) o.creationTimestamp = v; break }
      case 74: { const v = Time(r, endOf(r)); if (v !== null) o.deletionTimestamp = v; break }
      case 80: o.deletionGracePeriodSeconds = number(r); break
      case 90: entry(r, (o.labels ??= {}), text); break
      case 98: o.annotations = annotation(r, o.annotations); break
      case 106: o.ownerReferences = more(o.ownerReferences, OwnerReference(r, endOf(r))); break
      case 114: o.finalizers = more(o.finalizers, text(r)); break
      case 138: o.managedFields = more(o.managedFields, ManagedFieldsEntry(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function TemplateObjectMeta(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 90: entry(r, (o.labels ??= {}), text); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function OwnerReferenceMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 42: o.apiVersion = text(r); break
      case 10: o.kind = text(r); break
      case 26: o.name = text(r); break
      case 34: o.uid = text(r); break
      case 48: o.controller = r.bool(); break
      case 56: o.blockOwnerDeletion = r.bool(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const OwnerReferenceKnown = known([42, 10, 26, 34, 48, 56])

function OwnerReference(r: Reader, end: number): Made {
  return alike(r, end, OwnerReferenceKnown, OwnerReferenceMade)
}

function ManagedFieldsEntry(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.manager = v; break }
      case 18: { const v = text(r); if (v !== '') o.operation = v; break }
      case 34: { const v = Time(r, endOf(r)); if (v !== null) o.time = v; break }
      case 66: { const v = text(r); if (v !== '') o.subresource = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function LabelSelector(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: entry(r, (o.matchLabels ??= {}), text); break
      case 18: o.matchExpressions = more(o.matchExpressions, LabelSelectorRequirement(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function LabelSelectorRequirement(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.key = text(r); break
      case 18: o.operator = text(r); break
      case 26: o.values = more(o.values, text(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function StatefulSet(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ChangedObjectMeta(r, endOf(r)); break
      case 18: o.spec = StatefulSetSpec(r, endOf(r)); break
      case 26: o.status = StatefulSetStatus(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function StatefulSetSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.replicas = r.int32(); break
      case 18: o.selector = LabelSelector(r, endOf(r)); break
      case 26: o.template = PodTemplateSpec(r, endOf(r)); break
      case 34: o.volumeClaimTemplates = more(o.volumeClaimTemplates, ClaimTemplate(r, endOf(r))); break
      case 42: o.serviceName = text(r); break
      case 50: { const v = text(r); if (v !== '') o.podManagementPolicy = v; break }
      case 58: o.updateStrategy = StatefulSetUpdateStrategy(r, endOf(r)); break
      case 72: { const v = r.int32(); if (v !== 0) o.minReadySeconds = v; break }
      case 82: o.persistentVolumeClaimRetentionPolicy = StatefulSetPersistentVolumeClaimRetentionPolicy(r, endOf(r)); break
      case 90: o.ordinals = StatefulSetOrdinals(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  o.template ??= PodTemplateSpec(r, r.pos)
  return whole(r, end, o)
}

function StatefulSetOrdinals(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.start = r.int32(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function StatefulSetUpdateStrategy(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.type = v; break }
      case 18: o.rollingUpdate = RollingUpdateStatefulSetStrategy(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function RollingUpdateStatefulSetStrategy(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.partition = r.int32(); break
      case 18: o.maxUnavailable = IntOrString(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function StatefulSetPersistentVolumeClaimRetentionPolicy(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.whenDeleted = v; break }
      case 18: { const v = text(r); if (v !== '') o.whenScaled = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function StatefulSetStatus(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: { const v = number(r); if (v !== 0) o.observedGeneration = v; break }
      case 16: o.replicas = r.int32(); break
      case 24: { const v = r.int32(); if (v !== 0) o.readyReplicas = v; break }
      case 32: { const v = r.int32(); if (v !== 0) o.currentReplicas = v; break }
      case 40: { const v = r.int32(); if (v !== 0) o.updatedReplicas = v; break }
      case 50: { const v = text(r); if (v !== '') o.currentRevision = v; break }
      case 58: { const v = text(r); if (v !== '') o.updateRevision = v; break }
      case 72: o.collisionCount = r.int32(); break
      case 82: o.conditions = more(o.conditions, StatefulSetCondition(r, endOf(r))); break
      case 88: o.availableReplicas = r.int32(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function StatefulSetCondition(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.type = text(r); break
      case 18: o.status = text(r); break
      case 26: o.lastTransitionTime = Time(r, endOf(r)); break
      case 34: { const v = text(r); if (v !== '') o.reason = v; break }
      case 42: { const v = text(r); if (v !== '') o.message = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function DaemonSet(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ChangedObjectMeta(r, endOf(r)); break
      case 18: o.spec = DaemonSetSpec(r, endOf(r)); break
      case 26: o.status = DaemonSetStatus(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function DaemonSetSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.selector = LabelSelector(r, endOf(r)); break
      case 18: o.template = PodTemplateSpec(r, endOf(r)); break
      case 26: o.updateStrategy = DaemonSetUpdateStrategy(r, endOf(r)); break
      case 32: { const v = r.int32(); if (v !== 0) o.minReadySeconds = v; break }
      default: r.skipType(tag & 7)
    }
  }
  o.template ??= PodTemplateSpec(r, r.pos)
  return whole(r, end, o)
}

function DaemonSetUpdateStrategy(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.type = v; break }
      case 18: o.rollingUpdate = RollingUpdateDaemonSet(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function RollingUpdateDaemonSet(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.maxUnavailable = IntOrString(r, endOf(r)); break
      case 18: o.maxSurge = IntOrString(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function DaemonSetStatus(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.currentNumberScheduled = r.int32(); break
      case 16: o.numberMisscheduled = r.int32(); break
      case 24: o.desiredNumberScheduled = r.int32(); break
      case 32: o.numberReady = r.int32(); break
      case 40: { const v = number(r); if (v !== 0) o.observedGeneration = v; break }
      case 48: { const v = r.int32(); if (v !== 0) o.updatedNumberScheduled = v; break }
      case 56: { const v = r.int32(); if (v !== 0) o.numberAvailable = v; break }
      case 64: { const v = r.int32(); if (v !== 0) o.numberUnavailable = v; break }
      case 72: o.collisionCount = r.int32(); break
      case 82: o.conditions = more(o.conditions, DaemonSetCondition(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function DaemonSetCondition(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.type = text(r); break
      case 18: o.status = text(r); break
      case 26: o.lastTransitionTime = Time(r, endOf(r)); break
      case 34: { const v = text(r); if (v !== '') o.reason = v; break }
      case 42: { const v = text(r); if (v !== '') o.message = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodTemplateSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = TemplateObjectMeta(r, endOf(r)); break
      case 18: o.spec = TemplatePodSpec(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  o.spec ??= TemplatePodSpec(r, r.pos)
  return whole(r, end, o)
}

function ClaimTemplate(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = PersistentVolumeClaimSpec(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ControllerRevision(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ChangedObjectMeta(r, endOf(r)); break
      case 18: o.data = RawExtension(r, endOf(r)); break
      case 24: o.revision = number(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Deployment(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = DeploymentSpec(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function DeploymentSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.replicas = r.int32(); break
      case 18: o.selector = LabelSelector(r, endOf(r)); break
      case 40: { const v = r.int32(); if (v !== 0) o.minReadySeconds = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ReplicaSet(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = ReplicaSetSpec(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ReplicaSetSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.replicas = r.int32(); break
      case 32: { const v = r.int32(); if (v !== 0) o.minReadySeconds = v; break }
      case 18: o.selector = LabelSelector(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodDisruptionBudget(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = PodDisruptionBudgetSpec(r, endOf(r)); break
      case 26: o.status = PodDisruptionBudgetStatus(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodDisruptionBudgetSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.minAvailable = IntOrString(r, endOf(r)); break
      case 18: o.selector = LabelSelector(r, endOf(r)); break
      case 26: o.maxUnavailable = IntOrString(r, endOf(r)); break
      case 34: o.unhealthyPodEvictionPolicy = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodDisruptionBudgetStatus(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: { const v = number(r); if (v !== 0) o.observedGeneration = v; break }
      case 18: entry(r, (o.disruptedPods ??= {}), (r) => Time(r, endOf(r))); break
      case 24: o.disruptionsAllowed = r.int32(); break
      case 32: o.currentHealthy = r.int32(); break
      case 40: o.desiredHealthy = r.int32(); break
      case 48: o.expectedPods = r.int32(); break
      case 58: o.conditions = more(o.conditions, Condition(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Condition(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.type = text(r); break
      case 18: o.status = text(r); break
      case 24: { const v = number(r); if (v !== 0) o.observedGeneration = v; break }
      case 34: o.lastTransitionTime = Time(r, endOf(r)); break
      case 42: o.reason = text(r); break
      case 50: o.message = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Pod(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = PodSpec(r, endOf(r)); break
      case 26: o.status = PodStatus(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  o.spec ??= PodSpec(r, r.pos)
  return whole(r, end, o)
}

function PodSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.volumes = more(o.volumes, Volume(r, endOf(r))); break
      case 162: o.initContainers = more(o.initContainers, Container(r, endOf(r))); break
      case 18: o.containers = more(o.containers, Container(r, endOf(r))); break
      case 26: { const v = text(r); if (v !== '') o.restartPolicy = v; break }
      case 32: o.terminationGracePeriodSeconds = number(r); break
      case 58: entry(r, (o.nodeSelector ??= {}), text); break
      case 82: { const v = text(r); if (v !== '') o.nodeName = v; break }
      case 88: { const v = r.bool(); if (v !== false) o.hostNetwork = v; break }
      case 114: o.securityContext = PodSecurityContext(r, endOf(r)); break
      case 122: o.imagePullSecrets = more(o.imagePullSecrets, LocalObjectReference(r, endOf(r))); break
      case 130: { const v = text(r); if (v !== '') o.hostname = v; break }
      case 138: { const v = text(r); if (v !== '') o.subdomain = v; break }
      case 146: o.affinity = Affinity(r, endOf(r)); break
      case 154: { const v = text(r); if (v !== '') o.schedulerName = v; break }
      case 178: o.tolerations = more(o.tolerations, Toleration(r, endOf(r))); break
      case 194: { const v = text(r); if (v !== '') o.priorityClassName = v; break }
      case 200: o.priority = r.int32(); break
      case 226: o.readinessGates = more(o.readinessGates, PodReadinessGate(r, endOf(r))); break
      case 258: entry(r, (o.overhead ??= {}), (r) => Quantity(r, endOf(r))); break
      case 266: o.topologySpreadConstraints = more(o.topologySpreadConstraints, TopologySpreadConstraint(r, endOf(r))); break
      case 306: o.schedulingGates = more(o.schedulingGates, PodSchedulingGate(r, endOf(r))); break
      case 322: o.resources = ResourceRequirements(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  o.containers ??= []
  return whole(r, end, o)
}

function TemplatePodSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.volumes = more(o.volumes, Volume(r, endOf(r))); break
      case 162: o.initContainers = more(o.initContainers, Container(r, endOf(r))); break
      case 18: o.containers = more(o.containers, Container(r, endOf(r))); break
      case 26: { const v = text(r); if (v !== '') o.restartPolicy = v; break }
      case 32: o.terminationGracePeriodSeconds = number(r); break
      case 58: entry(r, (o.nodeSelector ??= {}), text); break
      case 66: { const v = text(r); if (v !== '') o.serviceAccountName = v; break }
      case 82: { const v = text(r); if (v !== '') o.nodeName = v; break }
      case 88: { const v = r.bool(); if (v !== false) o.hostNetwork = v; break }
      case 114: o.securityContext = PodSecurityContext(r, endOf(r)); break
      case 122: o.imagePullSecrets = more(o.imagePullSecrets, LocalObjectReference(r, endOf(r))); break
      case 130: { const v = text(r); if (v !== '') o.hostname = v; break }
      case 138: { const v = text(r); if (v !== '') o.subdomain = v; break }
      case 146: o.affinity = Affinity(r, endOf(r)); break
      case 154: { const v = text(r); if (v !== '') o.schedulerName = v; break }
      case 178: o.tolerations = more(o.tolerations, Toleration(r, endOf(r))); break
      case 194: { const v = text(r); if (v !== '') o.priorityClassName = v; break }
      case 200: o.priority = r.int32(); break
      case 226: o.readinessGates = more(o.readinessGates, PodReadinessGate(r, endOf(r))); break
      case 258: entry(r, (o.overhead ??= {}), (r) => Quantity(r, endOf(r))); break
      case 266: o.topologySpreadConstraints = more(o.topologySpreadConstraints, TopologySpreadConstraint(r, endOf(r))); break
      case 306: o.schedulingGates = more(o.schedulingGates, PodSchedulingGate(r, endOf(r))); break
      case 322: o.resources = ResourceRequirements(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  o.containers ??= []
  return whole(r, end, o)
}

function ContainerMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.name = text(r); break
      case 18: { const v = text(r); if (v !== '') o.image = v; break }
      case 50: o.ports = more(o.ports, ContainerPort(r, endOf(r))); break
      case 66: o.resources = ResourceRequirements(r, endOf(r)); break
      case 194: o.restartPolicy = text(r); break
      case 82: o.livenessProbe = Probe(r, endOf(r)); break
      case 90: o.readinessProbe = Probe(r, endOf(r)); break
      case 178: o.startupProbe = Probe(r, endOf(r)); break
      case 98: o.lifecycle = Lifecycle(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const ContainerKnown = known([10, 18, 50, 66, 194, 82, 90, 178, 98])

function Container(r: Reader, end: number): Made {
  return alike(r, end, ContainerKnown, ContainerMade)
}

function ContainerPort(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.name = v; break }
      case 16: { const v = r.int32(); if (v !== 0) o.hostPort = v; break }
      case 24: o.containerPort = r.int32(); break
      case 34: { const v = text(r); if (v !== '') o.protocol = v; break }
      case 42: { const v = text(r); if (v !== '') o.hostIP = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ResourceRequirements(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: entry(r, (o.limits ??= {}), (r) => Quantity(r, endOf(r))); break
      case 18: entry(r, (o.requests ??= {}), (r) => Quantity(r, endOf(r))); break
      case 26: o.claims = more(o.claims, ResourceClaim(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ResourceClaim(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.name = text(r); break
      case 18: { const v = text(r); if (v !== '') o.request = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Probe(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 16: { const v = r.int32(); if (v !== 0) o.initialDelaySeconds = v; break }
      case 24: { const v = r.int32(); if (v !== 0) o.timeoutSeconds = v; break }
      case 32: { const v = r.int32(); if (v !== 0) o.periodSeconds = v; break }
      case 48: { const v = r.int32(); if (v !== 0) o.failureThreshold = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Lifecycle(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 18: o.preStop = Presence(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Volume(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.name = text(r); break
      case 18: VolumeSource(r, endOf(r), o); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeSource(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.hostPath = HostPathVolumeSource(r, endOf(r)); break
      case 18: o.emptyDir = EmptyDirVolumeSource(r, endOf(r)); break
      case 82: o.persistentVolumeClaim = PersistentVolumeClaimVolumeSource(r, endOf(r)); break
      case 234: o.ephemeral = EphemeralVolumeSource(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function HostPathVolumeSource(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.path = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function EmptyDirVolumeSource(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.medium = v; break }
      case 18: o.sizeLimit = Quantity(r, endOf(r)); break
      case 24: o.mode = r.int32(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PersistentVolumeClaimVolumeSource(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.claimName = text(r); break
      case 16: { const v = r.bool(); if (v !== false) o.readOnly = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function EphemeralVolumeSource(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.volumeClaimTemplate = PersistentVolumeClaimTemplate(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PersistentVolumeClaimTemplate(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 18: o.spec = PersistentVolumeClaimSpec(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodSecurityContextMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 40: o.fsGroup = number(r); break
      case 74: o.fsGroupChangePolicy = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const PodSecurityContextKnown = known([40, 74])

function PodSecurityContext(r: Reader, end: number): Made {
  return alike(r, end, PodSecurityContextKnown, PodSecurityContextMade)
}

function LocalObjectReferenceMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.name = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const LocalObjectReferenceKnown = known([10])

function LocalObjectReference(r: Reader, end: number): Made {
  return alike(r, end, LocalObjectReferenceKnown, LocalObjectReferenceMade)
}

function AffinityMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.nodeAffinity = NodeAffinity(r, endOf(r)); break
      case 18: o.podAffinity = PodAffinity(r, endOf(r)); break
      case 26: o.podAntiAffinity = PodAntiAffinity(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const AffinityKnown = known([10, 18, 26])

function Affinity(r: Reader, end: number): Made {
  return alike(r, end, AffinityKnown, AffinityMade)
}

function NodeAffinity(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.requiredDuringSchedulingIgnoredDuringExecution = NodeSelector(r, endOf(r)); break
      case 18: o.preferredDuringSchedulingIgnoredDuringExecution = more(o.preferredDuringSchedulingIgnoredDuringExecution, PreferredSchedulingTerm(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function NodeSelector(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.nodeSelectorTerms = more(o.nodeSelectorTerms, NodeSelectorTerm(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function NodeSelectorTerm(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.matchExpressions = more(o.matchExpressions, NodeSelectorRequirement(r, endOf(r))); break
      case 18: o.matchFields = more(o.matchFields, NodeSelectorRequirement(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function NodeSelectorRequirement(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.key = text(r); break
      case 18: o.operator = text(r); break
      case 26: o.values = more(o.values, text(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PreferredSchedulingTerm(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.weight = r.int32(); break
      case 18: o.preference = NodeSelectorTerm(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodAffinity(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.requiredDuringSchedulingIgnoredDuringExecution = more(o.requiredDuringSchedulingIgnoredDuringExecution, PodAffinityTerm(r, endOf(r))); break
      case 18: o.preferredDuringSchedulingIgnoredDuringExecution = more(o.preferredDuringSchedulingIgnoredDuringExecution, WeightedPodAffinityTerm(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodAntiAffinity(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.requiredDuringSchedulingIgnoredDuringExecution = more(o.requiredDuringSchedulingIgnoredDuringExecution, PodAffinityTerm(r, endOf(r))); break
      case 18: o.preferredDuringSchedulingIgnoredDuringExecution = more(o.preferredDuringSchedulingIgnoredDuringExecution, WeightedPodAffinityTerm(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodAffinityTerm(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.labelSelector = LabelSelector(r, endOf(r)); break
      case 18: o.namespaces = more(o.namespaces, text(r)); break
      case 26: o.topologyKey = text(r); break
      case 34: o.namespaceSelector = LabelSelector(r, endOf(r)); break
      case 42: o.matchLabelKeys = more(o.matchLabelKeys, text(r)); break
      case 50: o.mismatchLabelKeys = more(o.mismatchLabelKeys, text(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function WeightedPodAffinityTerm(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.weight = r.int32(); break
      case 18: o.podAffinityTerm = PodAffinityTerm(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function TolerationMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.key = v; break }
      case 18: { const v = text(r); if (v !== '') o.operator = v; break }
      case 26: { const v = text(r); if (v !== '') o.value = v; break }
      case 34: { const v = text(r); if (v !== '') o.effect = v; break }
      case 40: o.tolerationSeconds = number(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const TolerationKnown = known([10, 18, 26, 34, 40])

function Toleration(r: Reader, end: number): Made {
  return alike(r, end, TolerationKnown, TolerationMade)
}

function TopologySpreadConstraintMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.maxSkew = r.int32(); break
      case 18: o.topologyKey = text(r); break
      case 26: o.whenUnsatisfiable = text(r); break
      case 34: o.labelSelector = LabelSelector(r, endOf(r)); break
      case 40: o.minDomains = r.int32(); break
      case 50: o.nodeAffinityPolicy = text(r); break
      case 58: o.nodeTaintsPolicy = text(r); break
      case 66: o.matchLabelKeys = more(o.matchLabelKeys, text(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const TopologySpreadConstraintKnown = known([8, 18, 26, 34, 40, 50, 58, 66])

function TopologySpreadConstraint(r: Reader, end: number): Made {
  return alike(r, end, TopologySpreadConstraintKnown, TopologySpreadConstraintMade)
}

function PodReadinessGate(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.conditionType = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodSchedulingGate(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.name = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodStatus(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.phase = v; break }
      case 18: o.conditions = more(o.conditions, PodCondition(r, endOf(r))); break
      case 26: { const v = text(r); if (v !== '') o.message = v; break }
      case 34: { const v = text(r); if (v !== '') o.reason = v; break }
      case 90: { const v = text(r); if (v !== '') o.nominatedNodeName = v; break }
      case 50: { const v = text(r); if (v !== '') o.podIP = v; break }
      case 82: o.initContainerStatuses = more(o.initContainerStatuses, ContainerStatus(r, endOf(r))); break
      case 66: o.containerStatuses = more(o.containerStatuses, ContainerStatus(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PodConditionMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.type = text(r); break
      case 56: { const v = number(r); if (v !== 0) o.observedGeneration = v; break }
      case 18: o.status = text(r); break
      case 26: o.lastProbeTime = Time(r, endOf(r)); break
      case 34: o.lastTransitionTime = Time(r, endOf(r)); break
      case 42: { const v = text(r); if (v !== '') o.reason = v; break }
      case 50: { const v = text(r); if (v !== '') o.message = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const PodConditionKnown = known([10, 56, 18, 26, 34, 42, 50])

function PodCondition(r: Reader, end: number): Made {
  return alike(r, end, PodConditionKnown, PodConditionMade)
}

function ContainerStatusMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.name = text(r); break
      case 18: o.state = ContainerState(r, endOf(r)); break
      case 26: o.lastState = ContainerState(r, endOf(r)); break
      case 32: o.ready = r.bool(); break
      case 40: o.restartCount = r.int32(); break
      case 72: o.started = r.bool(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const ContainerStatusKnown = known([10, 18, 26, 32, 40, 72])

function ContainerStatus(r: Reader, end: number): Made {
  return alike(r, end, ContainerStatusKnown, ContainerStatusMade)
}

function ContainerState(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.waiting = ContainerStateWaiting(r, endOf(r)); break
      case 18: o.running = ContainerStateRunning(r, endOf(r)); break
      case 26: o.terminated = ContainerStateTerminated(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ContainerStateWaiting(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.reason = v; break }
      case 18: { const v = text(r); if (v !== '') o.message = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ContainerStateRunning(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.startedAt = Time(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ContainerStateTerminated(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.exitCode = r.int32(); break
      case 16: { const v = r.int32(); if (v !== 0) o.signal = v; break }
      case 26: { const v = text(r); if (v !== '') o.reason = v; break }
      case 34: { const v = text(r); if (v !== '') o.message = v; break }
      case 42: o.startedAt = Time(r, endOf(r)); break
      case 50: o.finishedAt = Time(r, endOf(r)); break
      case 58: { const v = text(r); if (v !== '') o.containerID = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PersistentVolumeClaim(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = PersistentVolumeClaimSpec(r, endOf(r)); break
      case 26: o.status = PersistentVolumeClaimStatus(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PersistentVolumeClaimSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.accessModes = more(o.accessModes, text(r)); break
      case 34: o.selector = LabelSelector(r, endOf(r)); break
      case 18: o.resources = VolumeResourceRequirements(r, endOf(r)); break
      case 26: { const v = text(r); if (v !== '') o.volumeName = v; break }
      case 42: o.storageClassName = text(r); break
      case 50: o.volumeMode = text(r); break
      case 58: o.dataSource = TypedLocalObjectReference(r, endOf(r)); break
      case 66: o.dataSourceRef = TypedObjectReference(r, endOf(r)); break
      case 74: o.volumeAttributesClassName = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeResourceRequirementsMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: entry(r, (o.limits ??= {}), (r) => Quantity(r, endOf(r))); break
      case 18: entry(r, (o.requests ??= {}), (r) => Quantity(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const VolumeResourceRequirementsKnown = known([10, 18])

function VolumeResourceRequirements(r: Reader, end: number): Made {
  return alike(r, end, VolumeResourceRequirementsKnown, VolumeResourceRequirementsMade)
}

function TypedLocalObjectReference(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.apiGroup = text(r); break
      case 18: o.kind = text(r); break
      case 26: o.name = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function TypedObjectReference(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.apiGroup = text(r); break
      case 18: o.kind = text(r); break
      case 26: o.name = text(r); break
      case 34: o.namespace = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PersistentVolumeClaimStatus(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.phase = v; break }
      case 18: o.accessModes = more(o.accessModes, text(r)); break
      case 26: entry(r, (o.capacity ??= {}), (r) => Quantity(r, endOf(r))); break
      case 34: o.conditions = more(o.conditions, PersistentVolumeClaimCondition(r, endOf(r))); break
      case 42: entry(r, (o.allocatedResources ??= {}), (r) => Quantity(r, endOf(r))); break
      case 58: entry(r, (o.allocatedResourceStatuses ??= {}), text); break
      case 66: o.currentVolumeAttributesClassName = text(r); break
      case 74: o.modifyVolumeStatus = ModifyVolumeStatus(r, endOf(r)); break
      case 82: o.healthStatus = VolumeHealthStatus(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PersistentVolumeClaimCondition(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.type = text(r); break
      case 18: o.status = text(r); break
      case 26: o.lastProbeTime = Time(r, endOf(r)); break
      case 34: o.lastTransitionTime = Time(r, endOf(r)); break
      case 42: { const v = text(r); if (v !== '') o.reason = v; break }
      case 50: { const v = text(r); if (v !== '') o.message = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ModifyVolumeStatus(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.targetVolumeAttributesClassName = v; break }
      case 18: o.status = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeHealthStatus(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.healthConditions = more(o.healthConditions, VolumeHealthCondition(r, endOf(r))); break
      case 18: o.lastTransitionTime = Time(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeHealthCondition(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.status = text(r); break
      case 18: o.reason = text(r); break
      case 26: { const v = text(r); if (v !== '') o.message = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PersistentVolume(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = PersistentVolumeSpec(r, endOf(r)); break
      case 26: o.status = PersistentVolumeStatus(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PersistentVolumeSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: entry(r, (o.capacity ??= {}), (r) => Quantity(r, endOf(r))); break
      case 18: PersistentVolumeSource(r, endOf(r), o); break
      case 26: o.accessModes = more(o.accessModes, text(r)); break
      case 34: o.claimRef = ClaimReference(r, endOf(r)); break
      case 42: { const v = text(r); if (v !== '') o.persistentVolumeReclaimPolicy = v; break }
      case 50: { const v = text(r); if (v !== '') o.storageClassName = v; break }
      case 66: o.volumeMode = text(r); break
      case 74: o.nodeAffinity = VolumeNodeAffinity(r, endOf(r)); break
      case 82: o.volumeAttributesClassName = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function PersistentVolumeSource(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.gcePersistentDisk = Presence(r, endOf(r)); break
      case 18: o.awsElasticBlockStore = Presence(r, endOf(r)); break
      case 26: o.hostPath = HostPathVolumeSource(r, endOf(r)); break
      case 34: o.glusterfs = Presence(r, endOf(r)); break
      case 42: o.nfs = Presence(r, endOf(r)); break
      case 50: o.rbd = Presence(r, endOf(r)); break
      case 58: o.iscsi = Presence(r, endOf(r)); break
      case 66: o.cinder = Presence(r, endOf(r)); break
      case 74: o.cephfs = Presence(r, endOf(r)); break
      case 82: o.fc = Presence(r, endOf(r)); break
      case 90: o.flocker = Presence(r, endOf(r)); break
      case 98: o.flexVolume = Presence(r, endOf(r)); break
      case 106: o.azureFile = Presence(r, endOf(r)); break
      case 114: o.vsphereVolume = Presence(r, endOf(r)); break
      case 122: o.quobyte = Presence(r, endOf(r)); break
      case 130: o.azureDisk = Presence(r, endOf(r)); break
      case 138: o.photonPersistentDisk = Presence(r, endOf(r)); break
      case 146: o.portworxVolume = Presence(r, endOf(r)); break
      case 154: o.scaleIO = Presence(r, endOf(r)); break
      case 162: o.local = LocalVolumeSource(r, endOf(r)); break
      case 170: o.storageos = Presence(r, endOf(r)); break
      case 178: o.csi = CSIPersistentVolumeSource(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function LocalVolumeSource(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.path = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function CSIPersistentVolumeSource(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.driver = text(r); break
      case 18: o.volumeHandle = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ClaimReference(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.kind = v; break }
      case 18: { const v = text(r); if (v !== '') o.namespace = v; break }
      case 26: { const v = text(r); if (v !== '') o.name = v; break }
      case 34: { const v = text(r); if (v !== '') o.uid = v; break }
      case 42: { const v = text(r); if (v !== '') o.apiVersion = v; break }
      case 50: { const v = text(r); if (v !== '') o.resourceVersion = v; break }
      case 58: { const v = text(r); if (v !== '') o.fieldPath = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeNodeAffinityMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.required = NodeSelector(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const VolumeNodeAffinityKnown = known([10])

function VolumeNodeAffinity(r: Reader, end: number): Made {
  return alike(r, end, VolumeNodeAffinityKnown, VolumeNodeAffinityMade)
}

function PersistentVolumeStatus(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.phase = v; break }
      case 18: { const v = text(r); if (v !== '') o.message = v; break }
      case 26: { const v = text(r); if (v !== '') o.reason = v; break }
      case 34: o.lastPhaseTransitionTime = Time(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function StorageClass(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.provisioner = text(r); break
      case 48: o.allowVolumeExpansion = r.bool(); break
      case 58: o.volumeBindingMode = text(r); break
      case 66: o.allowedTopologies = more(o.allowedTopologies, TopologySelectorTerm(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function TopologySelectorTerm(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.matchLabelExpressions = more(o.matchLabelExpressions, TopologySelectorLabelRequirement(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function TopologySelectorLabelRequirement(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.key = text(r); break
      case 18: o.values = more(o.values, text(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeAttachment(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = VolumeAttachmentSpec(r, endOf(r)); break
      case 26: o.status = VolumeAttachmentStatus(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeAttachmentSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.attacher = text(r); break
      case 18: o.source = VolumeAttachmentSource(r, endOf(r)); break
      case 26: o.nodeName = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeAttachmentSource(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.persistentVolumeName = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeAttachmentStatusMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.attached = r.bool(); break
      case 26: o.attachError = VolumeError(r, endOf(r)); break
      case 34: o.detachError = VolumeError(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const VolumeAttachmentStatusKnown = known([8, 26, 34])

function VolumeAttachmentStatus(r: Reader, end: number): Made {
  return alike(r, end, VolumeAttachmentStatusKnown, VolumeAttachmentStatusMade)
}

function VolumeError(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.time = Time(r, endOf(r)); break
      case 18: { const v = text(r); if (v !== '') o.message = v; break }
      case 24: o.errorCode = r.int32(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function CSINode(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = CSINodeSpec(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function CSINodeSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.drivers = more(o.drivers, CSINodeDriver(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function CSINodeDriver(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.name = text(r); break
      case 34: o.allocatable = VolumeNodeResources(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VolumeNodeResources(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.count = r.int32(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Node(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = NodeSpec(r, endOf(r)); break
      case 26: o.status = NodeStatus(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function NodeSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 32: { const v = r.bool(); if (v !== false) o.unschedulable = v; break }
      case 42: o.taints = more(o.taints, Taint(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function TaintMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.key = text(r); break
      case 18: { const v = text(r); if (v !== '') o.value = v; break }
      case 26: o.effect = text(r); break
      case 34: o.timeAdded = Time(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const TaintKnown = known([10, 18, 26, 34])

function Taint(r: Reader, end: number): Made {
  return alike(r, end, TaintKnown, TaintMade)
}

function NodeStatus(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 18: entry(r, (o.allocatable ??= {}), (r) => Quantity(r, endOf(r))); break
      case 34: o.conditions = more(o.conditions, NodeCondition(r, endOf(r))); break
      case 58: o.nodeInfo = NodeSystemInfo(r, endOf(r)); break
      case 74: o.volumesInUse = more(o.volumesInUse, text(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function NodeConditionMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.type = text(r); break
      case 18: o.status = text(r); break
      case 34: { const v = Time(r, endOf(r)); if (v !== null) o.lastTransitionTime = v; break }
      case 42: { const v = text(r); if (v !== '') o.reason = v; break }
      case 50: { const v = text(r); if (v !== '') o.message = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const NodeConditionKnown = known([10, 18, 34, 42, 50])

function NodeCondition(r: Reader, end: number): Made {
  return alike(r, end, NodeConditionKnown, NodeConditionMade)
}

function NodeSystemInfoMade(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 58: o.kubeletVersion = text(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

const NodeSystemInfoKnown = known([58])

function NodeSystemInfo(r: Reader, end: number): Made {
  return alike(r, end, NodeSystemInfoKnown, NodeSystemInfoMade)
}

function Service(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = ServiceSpec(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ServiceSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 18: entry(r, (o.selector ??= {}), text); break
      case 26: { const v = text(r); if (v !== '') o.clusterIP = v; break }
      case 34: { const v = text(r); if (v !== '') o.type = v; break }
      case 104: { const v = r.bool(); if (v !== false) o.publishNotReadyAddresses = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function EndpointSlice(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.endpoints = more(o.endpoints, Endpoint(r, endOf(r))); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Endpoint(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.addresses = more(o.addresses, text(r)); break
      case 18: o.conditions = EndpointConditions(r, endOf(r)); break
      case 26: o.hostname = text(r); break
      case 34: o.targetRef = EndpointTarget(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  o.conditions ??= EndpointConditions(r, r.pos)
  return whole(r, end, o)
}

function EndpointConditions(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: o.ready = r.bool(); break
      case 16: o.serving = r.bool(); break
      case 24: o.terminating = r.bool(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function EndpointTarget(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.kind = v; break }
      case 26: { const v = text(r); if (v !== '') o.name = v; break }
      case 34: { const v = text(r); if (v !== '') o.uid = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Event(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.involvedObject = InvolvedObject(r, endOf(r)); break
      case 26: { const v = text(r); if (v !== '') o.reason = v; break }
      case 34: { const v = text(r); if (v !== '') o.message = v; break }
      case 50: { const v = Time(r, endOf(r)); if (v !== null) o.firstTimestamp = v; break }
      case 58: { const v = Time(r, endOf(r)); if (v !== null) o.lastTimestamp = v; break }
      case 64: { const v = r.int32(); if (v !== 0) o.count = v; break }
      case 74: { const v = text(r); if (v !== '') o.type = v; break }
      case 82: { const v = MicroTime(r, endOf(r)); if (v !== null) o.eventTime = v; break }
      case 90: o.series = EventSeries(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  o.involvedObject ??= InvolvedObject(r, r.pos)
  return whole(r, end, o)
}

function InvolvedObject(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.kind = v; break }
      case 18: { const v = text(r); if (v !== '') o.namespace = v; break }
      case 26: { const v = text(r); if (v !== '') o.name = v; break }
      case 34: { const v = text(r); if (v !== '') o.uid = v; break }
      case 58: { const v = text(r); if (v !== '') o.fieldPath = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function EventSeries(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 8: { const v = r.int32(); if (v !== 0) o.count = v; break }
      case 18: o.lastObservedTime = MicroTime(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Lease(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ObjectMeta(r, endOf(r)); break
      case 18: o.spec = LeaseSpec(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function LeaseSpec(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.holderIdentity = text(r); break
      case 16: o.leaseDurationSeconds = r.int32(); break
      case 34: { const v = MicroTime(r, endOf(r)); if (v !== null) o.renewTime = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Unknown(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.typeMeta = TypeMeta(r, endOf(r)); break
      case 18: o.raw = r.bytes(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function TypeMeta(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.apiVersion = v; break }
      case 18: { const v = text(r); if (v !== '') o.kind = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function WatchEvent(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: { const v = text(r); if (v !== '') o.type = v; break }
      case 18: o.object = EventObject(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function EventObject(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.raw = r.bytes(); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Versioned(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = VersionedMeta(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function VersionedMeta(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 50: { const v = text(r); if (v !== '') o.resourceVersion = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function List(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 10: o.metadata = ListMeta(r, endOf(r)); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function ListMeta(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 18: { const v = text(r); if (v !== '') o.resourceVersion = v; break }
      case 26: { const v = text(r); if (v !== '') o.continue = v; break }
      case 32: o.remainingItemCount = number(r); break
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function Status(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 18: { const v = text(r); if (v !== '') o.status = v; break }
      case 26: { const v = text(r); if (v !== '') o.message = v; break }
      case 34: { const v = text(r); if (v !== '') o.reason = v; break }
      case 42: o.details = StatusDetails(r, endOf(r)); break
      case 48: { const v = r.int32(); if (v !== 0) o.code = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

function StatusDetails(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
      case 40: { const v = r.int32(); if (v !== 0) o.retryAfterSeconds = v; break }
      default: r.skipType(tag & 7)
    }
  }
  return whole(r, end, o)
}

export const decoders = {
  StatefulSet,
  DaemonSet,
  ControllerRevision,
  Deployment,
  ReplicaSet,
  PodDisruptionBudget,
  Pod,
  PersistentVolumeClaim,
  PersistentVolume,
  StorageClass,
  VolumeAttachment,
  CSINode,
  Node,
  Service,
  EndpointSlice,
  Event,
  Lease,
  Unknown,
  WatchEvent,
  Versioned,
  List,
  Status,
}
