import type {Section} from './entry.ts'

export const images: Section = {
  heading: 'Images',
  intro:
    'The Pod is on its node and a container waits for its image. The word is in `state.waiting.reason` of the container, the story in the events of the Pod. If several nodes fail on the same image, suspect its name or the registry; if only one does, suspect that node. In an ordered StatefulSet an edit of the template is not enough: delete the Pod that waits afterwards.',
  causes: [
    {
      id: 'image-pull-error',
      title: "image can't be pulled",
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The container waits with `ErrImagePull`, and an event `Failed` says `Failed to pull image`. The inner text tells which: not found, denied, a certificate, a timeout, too many requests.',
      remedy:
        'Correct the name or tag in the template, the credentials, or the way to the registry, as the text says.',
      danger: '',
    },
    {
      id: 'image-pull-backoff',
      title: 'image pull fails again and again',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The container waits with `ImagePullBackOff`: pulling has failed before, and the kubelet waits up to five minutes between attempts. From about 1.33 the message carries the last error; before, see the events.',
      remedy:
        'Correct the name, the credentials or the way to the registry, as the last error says. If you have mended the registry, just wait five minutes.',
      danger: '',
    },
    {
      id: 'image-pull-secret-missing',
      title: 'pull secret does not exist',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'An event `FailedToRetrieveImagePullSecret` says `Unable to retrieve some image pull secrets` (from 1.28; from 1.37 only if the pull fails).',
      remedy:
        'Create that secret in the namespace of the Pod, or correct `imagePullSecrets` of the template or the service account.',
      danger: '',
    },
    {
      id: 'image-never-pull',
      title: 'image absent, pulling not allowed',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The container waits with `ErrImageNeverPull`: the policy is `Never`, and the node does not have the image. From 1.35 also where it does, but this Pod has not shown credentials for it.',
      remedy: 'Put the image on the node, or choose another `imagePullPolicy`.',
      danger: '',
    },
    {
      id: 'image-invalid-name',
      title: 'image name is malformed',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: "The container waits with `InvalidImageName`: what the template says can't be read as the name of an image.",
      remedy: 'Correct the name in the template.',
      danger: '',
    },
    {
      id: 'image-inspect-error',
      title: "node can't read its image",
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The container waits with `ImageInspectError`, and an event `InspectFailed` tells why. The image is there, and the runtime fails to read it.',
      remedy: 'Look at the container runtime and at the disk of that node.',
      danger: '',
    },
    {
      id: 'image-registry-unavailable',
      title: 'registry does not answer',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The container waits with `RegistryUnavailable`.',
      remedy: 'Look at the registry and at the way to it from that node. The kubelet tries again by itself.',
      danger: '',
    },
    {
      id: 'image-signature',
      title: 'image signature was rejected',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The container waits with `SignatureValidationFailed` (1.28 and newer): the runtime of the node demands a signature that this image lacks.',
      remedy: 'Sign the image, or correct the policy of the runtime.',
      danger: 'A laxer policy lets unsigned images run.',
    },
    {
      id: 'image-slow-pull',
      title: 'image is still being pulled',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'An event `Pulling` has come, neither `Pulled` nor `Failed` has, and the container waits with `ContainerCreating`.',
      remedy: 'Wait. The image is large, the way is slow, or other pulls on the node come first.',
      danger: '',
    },
  ],
}
