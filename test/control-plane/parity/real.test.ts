import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import type {AuditEntry} from '../tools/audit-log.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import type {KubectlResult} from '../tools/kubectl.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'

type Line = readonly [what: string, user: string, words: string]

const LINES: readonly Line[] = [
  ['all that there is', 'admin', ''],
  ['one set', 'admin', 'db'],
  ['a set that is not there', 'admin', 'nope'],
  ['another namespace', 'admin', '-n kube-system'],
  ['a namespace that is not there', 'admin', '-n nowhere'],
  ['all namespaces', 'admin', '-A'],
  ['a selector', 'admin', '-l app=db'],
  ['a selector that nothing has', 'admin', '-l app=other'],
  ['somebody without rights', 'nobody', ''],
  ['somebody without rights, one set', 'nobody', 'db'],
  ['somebody without rights, all namespaces', 'nobody', '-A'],
  ['a token that nobody has', 'nobody', '--token=wrong'],
  ['a token that nobody has, one set', 'nobody', 'db --token=wrong'],
  ['somebody else', 'admin', '--as=reader'],
  ['somebody else, one set', 'admin', 'db --as=reader'],
  ['somebody of a group', 'admin', '--as=jane --as-group=system:masters'],
  [
    'somebody with a uid and more',
    'admin',
    '--as=jane --as-group=system:masters --as-uid=7 --as-user-extra=reason=test',
  ],
  [
    'a name in UTF-8',
    'admin',
    '--as=jäne✓ --as-group=system:masters --as-group=grüppe --as-user-extra=schlüssel=wört',
  ],
  ['somebody else by one who may not', 'nobody', '--as=admin'],
  ['a name with capitals', 'admin', 'DB'],
  ['a name with a space', 'admin', 'a%20b'],
  ['another server name', 'admin', '--tls-server-name=kubernetes.default'],
  ['a server name that it has not', 'admin', '--tls-server-name=nope.test'],
  ['insecure', 'admin', '--insecure-skip-tls-verify'],
  ['without compression', 'admin', '--disable-compression'],
  ['small pages', 'admin', '-A --chunk-size=1'],
  ['warnings as errors', 'admin', '--warnings-as-errors'],
]

describeControlPlane('kubectl and the built plugin at a real API server', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane({kwok: false, controllers: false})
    plugin = installPlugin(controlPlane)
    await controlPlane.apply([headlessService(), statefulSet({replicas: 1})])
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test.for(LINES)('are the same user with the same question: %s', async ([, user, words]) => {
    const args = words.split(' ').filter(Boolean)
    const env = {KUBECONFIG: join(controlPlane.folder, `${user}.kubeconfig`)}
    const theirs = await asked(controlPlane, /^kubectl\//, () =>
      controlPlane.kubectl(['get', 'statefulsets.v1.apps', ...args], {env}),
    )
    const ours = await asked(controlPlane, /^kubectl-stateful\//, () =>
      plugin.stateful(['map', ...args], {env}),
    )
    expect(ours).toEqual(theirs)
  })
})

/** What the API server noted of the first question about sets, and how it ended. */
async function asked(controlPlane: ControlPlane, agent: RegExp, run: () => Promise<KubectlResult>) {
  const before = controlPlane.auditLogSize()
  const {code, stderr} = await run()
  const entries = await settled(controlPlane, before)
  const first = entries.find(({resource, userAgent}) => resource === 'statefulsets' && agent.test(userAgent))
  const {verb, user, namespace, name, code: status} = first ?? {}
  const as = first && impersonated(controlPlane, before, first)
  const words = stderr.split('\n').filter((line) => !/^[EWI]\d{4} |^Warning: the identity|^$/.test(line))
  return {isAnswered: code === 0, words: code === 0 ? [] : words, verb, user, namespace, name, status, as}
}

let markers = 0

/** What is in the audit log once a later request is. */
async function settled({auditLog, request}: ControlPlane, since: number): Promise<readonly AuditEntry[]> {
  const marker = `/api/v1/namespaces/parity-${++markers}`
  await request('GET', marker)
  return await until(
    'the audit log is up to date',
    async () => auditLog(since),
    (all) => all.some(({requestURI}) => requestURI === marker),
  )
}

/** Whom the API server took the user for. */
function impersonated({folder}: ControlPlane, since: number, {receivedAt}: AuditEntry): unknown {
  const lines = readFileSync(join(folder, 'audit.log')).subarray(since).toString().split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line)).find((each) => each.requestReceivedTimestamp === receivedAt)
    ?.impersonatedUser
}
