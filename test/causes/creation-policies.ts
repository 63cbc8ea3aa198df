import {readFileSync} from 'node:fs'
import {createServer} from 'node:https'
import type {AddressInfo} from 'node:net'
import {json} from 'node:stream/consumers'
import type {AdmissionregistrationV1WebhookClientConfig} from '@kubernetes/client-node'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {layoutOf} from './component-with-argument.ts'
import {denying} from './policy.ts'
import {created, db, untilSaid} from './set-steps.ts'

const PODS = {apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE']}

function webhook(clientConfig: AdmissionregistrationV1WebhookClientConfig): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: {name: 'images'},
    webhooks: [
      {
        name: 'images.policy.example',
        clientConfig,
        rules: [PODS],
        // as a careful installer does, so that the cluster itself goes on
        namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': NAMESPACE}},
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  }
}

/**
 * A webhook that says no to everything, with the only certificate that is at hand. Nobody asks it any more when it ends:
 * the controller manager ends before it.
 */
async function whileDenying(
  api: ControlPlane,
  message: string,
  act: (config: AdmissionregistrationV1WebhookClientConfig) => Promise<void>,
): Promise<void> {
  const {certificates} = layoutOf(api)
  const cert = readFileSync(`${certificates}/apiserver.crt`)
  const server = createServer(
    {cert, key: readFileSync(`${certificates}/apiserver.key`)},
    async (ask, answer) => {
      const {apiVersion, kind, request} = (await json(ask)) as {
        apiVersion: string
        kind: string
        request: {uid: string}
      }
      const response = {uid: request.uid, allowed: false, status: {message}}
      answer.setHeader('content-type', 'application/json')
      answer.end(JSON.stringify({apiVersion, kind, response}))
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  try {
    await act({url: `https://127.0.0.1:${port}/validate`, caBundle: cert.toString('base64')})
    await api.stopComponent('kube-controller-manager')
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** Somebody's rule forbids the Pods, or who should judge them is not there. */
export const policies: CapturedCauses = {
  'pod-security': {
    ask: 'sts/db',
    proves: ['create-podsecurity'],
    not: ['create-webhook-denied', 'create-rbac'],
    later: 10,
    arrange: async (api) => {
      const label = 'pod-security.kubernetes.io/enforce=restricted'
      await api.kubectl(['label', 'namespace', NAMESPACE, label])
      await created(api, db())
      await untilSaid(api, 'FailedCreate', 'violates PodSecurity')
    },
  },
  'webhook-denies': {
    ask: 'sts/db',
    proves: ['create-webhook-denied'],
    not: ['create-webhook-unreachable', 'create-podsecurity', 'create-rbac'],
    later: 10,
    arrange: (api) =>
      whileDenying(api, 'image registry.example/db:1 is not signed', async (config) => {
        await api.apply(webhook(config))
        await created(api, db())
        await untilSaid(api, 'FailedCreate', 'denied the request')
      }),
  },
  'policy-denies': {
    ask: 'sts/db',
    proves: ['create-policy-denied'],
    not: ['create-webhook-denied', 'create-webhook-unreachable', 'create-podsecurity', 'create-rbac'],
    later: 10,
    arrange: async (api) => {
      await denying(api, PODS, 'only images of registry.shop are allowed', ['POST', 'pods'])
      await created(api, db())
      await untilSaid(api, 'FailedCreate', 'denied request')
    },
  },
  'webhook-down': {
    ask: 'sts/db',
    proves: ['create-webhook-unreachable'],
    not: ['create-webhook-denied', 'create-rbac'],
    later: 10,
    arrange: async (api) => {
      await api.apply(webhook({url: 'https://127.0.0.1:9/validate'}))
      await created(api, db())
      await untilSaid(api, 'FailedCreate', 'failed calling webhook')
    },
  },
  'webhook-service-missing': {
    ask: 'sts/db',
    proves: ['create-webhook-unreachable'],
    not: ['create-webhook-denied', 'svc-missing', 'create-rbac'],
    later: 10,
    arrange: async (api) => {
      await api.apply(webhook({service: {namespace: 'policy', name: 'images', path: '/validate'}}))
      await created(api, db())
      await untilSaid(api, 'FailedCreate', 'failed calling webhook')
    },
  },
}
