import {appendFileSync} from 'node:fs'
import type {V1ClusterRole, V1PolicyRule} from '@kubernetes/client-node'
import {expect} from 'vitest'
import type {AuditEntry} from './audit-log.ts'
import type {ControlPlane} from './control-plane.ts'
import {clusterRole} from './operator.ts'
import {REQUEST_COUNTS} from './request-counts.ts'
import {until} from './until.ts'
import {OPERATOR} from './users.ts'

const isOurs = ({userAgent}: AuditEntry) => userAgent.startsWith('kubectl-stateful/')

type Audited = Pick<ControlPlane, 'auditLog' | 'request'>

let markers = 0

/** What the plugin has asked the API server since it started: all of it, up to now. */
export async function requests({auditLog, request}: Audited): Promise<readonly AuditEntry[]> {
  const marker = `/api/v1/namespaces/marker-${++markers}`
  await request('GET', marker)
  const read = async () => auditLog()
  const entries = await until('the audit log is up to date', read, (all) =>
    all.some(({requestURI}) => requestURI === marker),
  )
  return entries.filter(isOurs)
}

/** What the plugin asks the API server while `run` runs. */
export async function requestsOf(
  controlPlane: Audited,
  run: () => Promise<unknown>,
): Promise<readonly AuditEntry[]> {
  const before = await requests(controlPlane)
  await run()
  return (await requests(controlPlane)).slice(before.length)
}

/** `list pods`, `get /version`, sorted. */
export function summary(entries: readonly AuditEntry[]): readonly string[] {
  return entries.map(({verb, resource, requestURI}) => `${verb} ${resource ?? requestURI}`).toSorted()
}

/** Ends a file's control plane, of which the plugin must have read what it may read, and never changed anything. */
export async function stopAfterReadsOnly(controlPlane: ControlPlane | undefined): Promise<void> {
  if (!controlPlane) return
  try {
    const ours = await requests(controlPlane)
    expectReadsOnly(ours)
    expectRights(ours)
    expectReadsOnly(controlPlane.auditLog().filter(isOperators))
    count(ours)
  } finally {
    await controlPlane.stop()
  }
}

/** Whatever name it gives itself; kubectl's own commands aside. */
const isOperators = ({user, userAgent}: AuditEntry) => user === OPERATOR && !userAgent.startsWith('kubectl/')

export function expectReadsOnly(entries: readonly AuditEntry[]): void {
  const others = entries.filter(({verb}) => !['get', 'list', 'watch'].includes(verb))
  expect(others).toEqual([])
  expect(entries.filter(({resource, requestURI}) => `${resource} ${requestURI}`.includes('secret'))).toEqual(
    [],
  )
}

/**
 * The ClusterRole that we ship gives all that is asked for. Whether that was granted says nothing: a server that has just started
 * refuses everybody.
 */
function expectRights(entries: readonly AuditEntry[]): void {
  const granted = grantedBy(clusterRole())
  const lacking = entries.filter((entry) => entry.user === OPERATOR && !granted(entry))
  expect(summary(lacking)).toEqual([])
}

function grantedBy({rules = []}: V1ClusterRole): (entry: AuditEntry) => boolean {
  return ({verb, resource, subresource, name = ''}) => {
    const kind = [resource, subresource].filter(Boolean).join('/')
    const isGranted = ({verbs, resources = [], resourceNames = [name]}: V1PolicyRule) =>
      verbs.includes(verb) && resources.includes(kind) && resourceNames.includes(name)
    // whoever is signed in may ask for the version
    return kind === '' || rules.some(isGranted)
  }
}

/** For the last line of the whole suite: `global-setup.ts`. */
function count(entries: readonly AuditEntry[]): void {
  const file = process.env[REQUEST_COUNTS]
  if (file) appendFileSync(file, `${JSON.stringify(entries.map(right))}\n`)
}

/** `list pods`, `get pods/log`, `get /version`. */
export function right({verb, resource, subresource, requestURI}: AuditEntry): string {
  return `${verb} ${resource ? [resource, subresource].filter(Boolean).join('/') : requestURI}`
}
