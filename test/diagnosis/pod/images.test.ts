import {expect, test} from 'vitest'
import {containerStatus, node} from '../../builders.ts'
import type {Facts} from '../subjects.ts'
import {actText, diagnosed} from './diagnosed.ts'
import {cluster, running, told, unready, waiting} from './parts.ts'
import {withInit} from './parts-running.ts'
import {troublesImage} from './troubles-image.ts'

const stuck = (reason: string, message?: string): Facts => ({
  pods: [unready('web', waiting('web', reason, message))],
})
const creating = stuck('ContainerCreating')
const pulling = (lastTimestamp: string) => told('web', 'Pulling', 'Pulling image "web:1"', {lastTimestamp})
const SECRET = told(
  'web',
  'FailedToRetrieveImagePullSecret',
  'Unable to retrieve some image pull secrets (s); …',
)

const cases: readonly (readonly [string, Facts, string])[] = [
  ['a pull that fails is no back-off', stuck('ErrImagePull', 'not found'), 'image-pull-error'],
  [
    'a back-off is no crash',
    stuck('ImagePullBackOff', 'Back-off pulling image "web:1"'),
    'image-pull-backoff',
  ],
  ['a secret that was not needed', {...stuck('CrashLoopBackOff'), events: [SECRET]}, 'crash-loop'],
  ['credentials that are wrong', stuck('ErrImagePull', 'unauthorized'), 'image-pull-error'],
  [
    'a pull that has ended since',
    {
      ...creating,
      events: [pulling('2026-05-01T11:58:00Z'), told('web', 'Pulled', 'Successfully pulled image "web:1"')],
    },
    'container-creating-none',
  ],
  [
    'a pull that has begun again',
    {
      ...creating,
      events: [pulling('2026-05-01T11:59:30Z'), told('web', 'Failed', 'Failed to pull image "web:1"')],
    },
    'image-slow-pull',
  ],
  [
    'a pull of an init container',
    {pods: [withInit('web', waiting('wait', 'ImagePullBackOff'))]},
    'image-pull-backoff',
  ],
  ['an image that the node may not inspect', stuck('ImageInspectError'), 'image-inspect-error'],
]

test.for(cases)('%s', ([, facts, id]) => {
  expect(diagnosed(cluster('web', facts))?.id ?? 'container-creating-none').toBe(id)
})

const TEXTS: readonly (readonly [string, string])[] = [
  [
    'failed to resolve reference "docker.io/library/web:1": docker.io/library/web:1: not found',
    'does not exist in its registry',
  ],
  ['manifest unknown: manifest unknown', 'does not exist in its registry'],
  [
    'pull access denied, repository does not exist or may require authorization',
    'does not exist, or the credentials',
  ],
  ['unexpected status from HEAD request: 401 Unauthorized', 'denies access'],
  ['unexpected status from HEAD request to https://r/v2/: 403 Forbidden', 'denies access'],
  [
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'TLS with the registry',
  ],
  ['http: server gave HTTP response to HTTPS client', 'TLS with the registry'],
  ['net/http: TLS handshake timeout', 'does not answer in time'],
  ['dial tcp 10.0.0.1:443: i/o timeout', 'does not answer in time'],
  ['toomanyrequests: You have reached your unauthenticated pull rate limit', 'limits how often'],
  ['dial tcp: lookup registry.nowhere: no such host', 'does not resolve'],
  ['dial tcp 10.0.0.1:443: connect: connection refused', "can't be reached"],
  ['no match for platform in manifest: not found', "not made for the node's platform"],
  ['write /var/lib/x: no space left on device', 'no room for image web:1'],
]

test.for(TEXTS)('what a registry says is put in words: %s', ([text, words]) => {
  expect(diagnosed(cluster('web', stuck('ErrImagePull', text)))?.message).toContain(words)
})

test('the platform of the node is told where an image is not made for it, and no registry is suspected', () => {
  const labels = {'kubernetes.io/os': 'windows', 'kubernetes.io/arch': 'amd64'}
  const facts = stuck(
    'ImagePullBackOff',
    'no matching manifest for windows/amd64 10.0.17763 in the manifest list',
  )
  const finding = diagnosed(cluster('web', {...facts, nodes: [node({name: 'web', metadata: {labels}})]}))
  expect(finding?.message).toContain("not made for the node's platform, windows/amd64")
  expect(actText(finding)).toContain('kubernetes.io/os')
  expect(actText(finding)).not.toContain('registry')
  const unread = diagnosed(cluster('web', {...facts, nodes: []}))
  expect(unread?.message).toBe("Image web:1 is not made for the node's platform (web-0, container web)")
})

test('a name that holds such a word says nothing', () => {
  const pod = unready(
    'web',
    waiting('web', 'ErrImagePull', 'Failed to pull image "r/denied-timeout:1": it broke'),
    {
      spec: {containers: [{name: 'web', image: 'r/denied-timeout:1'}]},
    },
  )
  const {message, evidence} = diagnosed(cluster('web', {pods: [pod]})) ?? {}
  expect(message).toBe("Image r/denied-timeout:1 can't be pulled (web-0, container web)")
  expect(evidence?.join()).toContain('it broke')
})

test('before 1.33 the reason for a back-off is in the event of the pull', () => {
  const facts = {
    ...stuck('ImagePullBackOff', 'Back-off pulling image "web:1"'),
    events: [told('web', 'Failed', 'Failed to pull image "web:1": manifest unknown')],
  }
  expect(diagnosed(cluster('web', facts))?.message).toContain('does not exist in its registry')
})

test('a missing secret is named, and the Pod of a StatefulSet may have to be deleted after an edit', () => {
  const finding = diagnosed(troublesImage['image-pull-secret-missing']?.('web') ?? {})
  expect(finding?.message).toBe(
    "Pull secret web could not be read, so image web:1 can't be pulled (web-0, container web)",
  )
  expect(actText(finding)).toContain('kubernetes#67250')
})

test('on a node that has only just joined a failed pull may pass, but for an image that is nowhere', () => {
  const joined = node({name: 'web', metadata: {creationTimestamp: '2026-05-01T11:59:30Z'}})
  const of = (text: string) =>
    diagnosed(cluster('web', {...stuck('ErrImagePull', text), nodes: [joined]}))?.severity
  expect([of('i/o timeout'), of('manifest unknown')]).toEqual(['info', 'error'])
})

test('a pull beside a container that already runs is of the one that waits', () => {
  const spec = {
    containers: [
      {name: 'a', image: 'a'},
      {name: 'web', image: 'web:1'},
    ],
  }
  const statuses = [
    running('a', {ready: true}),
    containerStatus({name: 'web', state: {waiting: {reason: 'ContainerCreating'}}}),
  ]
  const pod = unready('web', undefined, {spec, status: {containerStatuses: statuses}})
  const facts = cluster('web', {pods: [pod], events: [pulling('2026-05-01T11:59:30Z')]})
  expect(diagnosed(facts)?.message).toContain('(web-0, container web)')
})
