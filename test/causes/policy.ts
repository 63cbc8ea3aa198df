import type {V1NamedRuleWithOperations} from '@kubernetes/client-node'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {NAMESPACE} from './captured-cause.ts'

const POD = {metadata: {name: 'probe'}, spec: {containers: [{name: 'probe', image: 'probe'}]}}

/** A ValidatingAdmissionPolicy that says no; the API server, which learns of it after a while, is asked until it does. */
export async function denying(
  api: ControlPlane,
  rule: V1NamedRuleWithOperations,
  message: string,
  [method, path]: readonly [string, string],
): Promise<void> {
  const apiVersion = 'admissionregistration.k8s.io/v1'
  const metadata = {name: 'shop-rules'}
  const matchResources = {namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': NAMESPACE}}}
  await api.apply([
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {resourceRules: [rule]},
        validations: [{expression: 'false', message}],
      },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: {policyName: 'shop-rules', validationActions: ['Deny'], matchResources},
    },
  ])
  const probe = () => api.request(method, `/api/v1/namespaces/${NAMESPACE}/${path}?dryRun=All`, POD)
  await until('the policy is in force', probe, ({body}) => JSON.stringify(body).includes(message))
}
