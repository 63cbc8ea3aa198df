import {type Behaviour, behaviourOf} from '../control-plane/situations/behaviours.ts'
import type {CapturedCauses} from './captured-cause.ts'
import {members, only, waitsFor} from './kubelet-members.ts'

const second = (word: Behaviour, reason: string, podSpec = {}, image = 'registry.example/db:1') =>
  members({annotations: behaviourOf({1: word}), image, podSpec}, waitsFor(reason), 2)

/** Containers that get no image, or that are not even created. */
export const images: CapturedCauses = {
  'image-not-found': {
    ask: 'sts/db',
    proves: ['image-pull-backoff'],
    not: ['image-pull-error', 'image-pull-secret-missing', 'image-slow-pull', 'crash-loop'],
    later: 10,
    arrange: second('image-pull', 'ImagePullBackOff', {}, 'registry.example/db:2-rc9'),
  },
  'image-denied': {
    ask: 'sts/db',
    proves: ['image-pull-error'],
    not: ['image-pull-backoff', 'image-pull-secret-missing', 'image-slow-pull'],
    later: 10,
    arrange: second('image-denied', 'ErrImagePull'),
  },
  'image-pull-secret-missing': {
    ask: 'sts/db',
    proves: ['image-pull-secret-missing'],
    not: ['image-pull-error', 'image-pull-backoff'],
    later: 10,
    arrange: second('image-secret', 'ErrImagePull', {imagePullSecrets: [{name: 'registry'}]}),
  },
  'image-never-pull': {
    ask: 'sts/db',
    proves: ['image-never-pull'],
    not: ['image-pull-error', 'image-pull-backoff'],
    later: 10,
    arrange: second('image-never', 'ErrImageNeverPull', only({imagePullPolicy: 'Never'})),
  },
  'image-invalid-name': {
    ask: 'sts/db',
    proves: ['image-invalid-name'],
    not: ['image-pull-error', 'image-inspect-error'],
    later: 10,
    arrange: second('image-invalid', 'InvalidImageName', {}, 'registry.example/Payments/DB:1'),
  },
  'config-missing': {
    ask: 'sts/db',
    proves: ['container-config-missing-ref'],
    not: ['mount-configmap-secret', 'container-config-nonroot', 'container-create-error'],
    later: 10,
    arrange: second(
      'config-missing',
      'CreateContainerConfigError',
      only({envFrom: [{configMapRef: {name: 'settings'}}]}),
    ),
  },
  'config-nonroot': {
    ask: 'sts/db',
    proves: ['container-config-nonroot'],
    not: ['container-config-missing-ref', 'container-create-error'],
    later: 10,
    arrange: second(
      'config-root',
      'CreateContainerConfigError',
      only({securityContext: {runAsNonRoot: true}}),
    ),
  },
  'container-create-error': {
    ask: 'sts/db',
    proves: ['container-create-error'],
    not: ['container-run-error', 'container-config-missing-ref'],
    later: 10,
    arrange: second('create-error', 'CreateContainerError'),
  },
}
