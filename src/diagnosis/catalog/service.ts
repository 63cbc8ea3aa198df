import type {Section} from './entry.ts'

export const service: Section = {
  heading: 'Service and network identity',
  intro:
    "No controller says anything about these. They rarely stop a rollout by themselves, and they are the reason why members don't find each other and never become ready.",
  causes: [
    {
      id: 'svc-missing',
      title: 'governing Service is missing',
      applies: ['StatefulSet'],
      sign: '`spec.serviceName` names a Service that is not in the namespace. The Pods run, and have no names of their own in DNS.',
      remedy: 'Create a headless Service of that name that selects the Pods.',
      danger: '',
    },
    {
      id: 'svc-not-headless',
      title: 'governing Service has a VIP',
      applies: ['StatefulSet'],
      sign: "The Service has a cluster IP, so the Pods have no addresses by name. `clusterIP` can't be changed.",
      remedy:
        'Delete the Service and create it with `clusterIP: None`; give clients that used its address a second Service.',
      danger: 'Clients of that address lose it.',
    },
    {
      id: 'svc-selector-mismatch',
      title: 'Service does not select the Pods',
      applies: ['StatefulSet'],
      sign: 'The labels of the Pods do not match `spec.selector` of the Service, so it has no endpoints.',
      remedy: 'Correct the selector of the Service.',
      danger: 'Whatever it selects now by mistake loses its traffic.',
    },
    {
      id: 'svc-hostname-not-published',
      title: "Pods' names not in DNS",
      applies: ['StatefulSet'],
      sign: 'The endpoints carry no host names: `hostname` of the Pod is empty, or its `subdomain` is not the name of the Service. Mostly `serviceName` is misspelt.',
      remedy:
        "Create a Service of the name that the Pods have as their `subdomain`; `serviceName` itself can't be edited.",
      danger: '',
    },
    {
      id: 'svc-unready-not-published',
      title: 'unready Pods not in DNS',
      applies: ['StatefulSet'],
      sign: 'The Pods are not ready, and the Service does not publish addresses that are not ready. Peers that must find each other in order to become ready never do.',
      remedy: 'Set `publishNotReadyAddresses: true` on the governing Service.',
      danger: 'Whoever uses the same Service to balance load also reaches Pods that are not ready.',
    },
    {
      id: 'svc-servicename-invalid',
      title: 'serviceName is no DNS label',
      applies: ['StatefulSet'],
      sign: '`spec.serviceName` is not a name that DNS allows, so no Pod can be made. From 1.33 such a set is refused when it is created.',
      remedy: '`kubectl delete statefulset <set> --cascade=orphan`, then apply it with a valid name.',
      danger: 'Between deletion and apply nobody looks after the Pods.',
    },
  ],
}
