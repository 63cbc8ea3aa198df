import {type Cure, make, service} from './causes-cure.ts'
import {set} from './causes-cures-sets.ts'
import {behaviourOf} from './situations/behaviours.ts'
import {untilPods, untilReady} from './situations/waits.ts'
import {headlessService} from './situations/workloads.ts'

export const serviceCures: Readonly<Record<string, Cure>> = {
  'svc-missing': {
    about: 'sts/db',
    arrange: async (place) => {
      await make(place, set(place, {replicas: 1}))
      await untilReady(place.api, place.namespace, 'db')
    },
  },
  'svc-selector-mismatch': {
    about: 'sts/db',
    arrange: async (place) => {
      await make(place, headlessService('db', place.namespace, {app: 'web'}), set(place, {replicas: 1}))
      await untilReady(place.api, place.namespace, 'db')
    },
  },
  'svc-unready-not-published': {
    about: 'sts/db',
    arrange: async (place) => {
      const annotations = behaviourOf({0: 'not-ready'})
      await make(place, service(place), set(place, {replicas: 2, annotations}))
      await untilPods(place.api, place.namespace, 1, ({status}) => status?.phase === 'Running')
    },
    // to find each other is the members' own affair
    ends: async () => true,
  },
}
