import {readFileSync, writeFileSync} from 'node:fs'
import {dump} from 'js-yaml'
import type {KubernetesObject} from '../../../src/model/objects.ts'
import type {Layout} from './layout.ts'
import {COMPONENT_USERS} from './users.ts'

/** One finished request, as kube-apiserver saw it. */
export interface AuditEntry {
  readonly verb: string
  readonly requestURI: string
  readonly user: string
  readonly userAgent: string
  readonly resource: string | undefined
  readonly subresource: string | undefined
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly code: number
  readonly receivedAt: string
  /** What was answered, or else what was sent, where the policy keeps it. */
  readonly object: KubernetesObject | undefined
}

interface AuditEvent {
  readonly stage: string
  readonly verb: string
  readonly requestURI: string
  readonly requestReceivedTimestamp: string
  readonly user: {readonly username: string}
  readonly userAgent?: string
  readonly objectRef?: {
    readonly resource?: string
    readonly subresource?: string
    readonly namespace?: string
    readonly name?: string
  }
  readonly responseStatus?: {readonly code?: number}
  readonly requestObject?: KubernetesObject
  readonly responseObject?: KubernetesObject
}

const users = [COMPONENT_USERS['kube-controller-manager']]
const STATUSES = ['statefulsets/status', 'daemonsets/status']

/** Whole, since a generated name, a revision and a node stand only in the object itself. */
const CONTROLLERS_WORK = [
  {level: 'RequestResponse', users, verbs: ['create'], resources: [{group: '', resources: ['pods']}]},
  {level: 'RequestResponse', users, verbs: ['update'], resources: [{group: 'apps', resources: STATUSES}]},
]

export function writeAuditPolicy(layout: Layout): void {
  const policy = {
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived', 'ResponseStarted'],
    rules: [...CONTROLLERS_WORK, {level: 'Metadata'}],
  }
  writeFileSync(layout.auditPolicy, dump(policy))
}

export function readAuditLog(layout: Layout, since = 0): readonly AuditEntry[] {
  const log = readFileSync(layout.auditLog)
  const entries: AuditEntry[] = []
  // what a day of tests has written is more than one string may hold; the last line is empty or still being written
  for (let from = lineFrom(log, since), to = log.indexOf(NEWLINE, from); to >= 0; ) {
    const event: AuditEvent = JSON.parse(log.toString('utf8', from, to))
    if (event.stage === 'ResponseComplete') entries.push(toEntry(event))
    from = to + 1
    to = log.indexOf(NEWLINE, from)
  }
  return entries
}

/** Where the first line begins that begins there or later: one may have been half written by then. */
function lineFrom(log: Buffer, since: number): number {
  return since === 0 || log[since - 1] === NEWLINE ? since : log.indexOf(NEWLINE, since) + 1
}

const NEWLINE = 10

function toEntry(event: AuditEvent): AuditEntry {
  return {
    verb: event.verb,
    requestURI: event.requestURI,
    user: event.user.username,
    userAgent: event.userAgent ?? '',
    resource: event.objectRef?.resource,
    subresource: event.objectRef?.subresource,
    namespace: event.objectRef?.namespace,
    name: event.objectRef?.name,
    code: event.responseStatus?.code ?? 0,
    receivedAt: event.requestReceivedTimestamp,
    object: objectOf(event),
  }
}

function objectOf({requestObject, responseObject}: AuditEvent): KubernetesObject | undefined {
  return responseObject?.kind === 'Status' ? requestObject : (responseObject ?? requestObject)
}
