import {cluster, type Trouble, told, unready, waiting} from './parts.ts'

function image(reason: string, message?: string): Trouble {
  return (h) => cluster(h, {pods: [unready(h, waiting(h, reason, message))]})
}

export const troublesImage: Readonly<Record<string, Trouble>> = {
  'image-pull-error': image('ErrImagePull', 'manifest unknown'),
  'image-pull-backoff': image('ImagePullBackOff', 'Back-off pulling image "web:1"'),
  'image-pull-secret-missing': (h) =>
    cluster(h, {
      pods: [unready(h, waiting(h, 'ErrImagePull', 'denied'))],
      events: [
        told(
          h,
          'FailedToRetrieveImagePullSecret',
          `Unable to retrieve some image pull secrets (${h}); attempting to pull the image may not succeed.`,
        ),
      ],
    }),
  'image-never-pull': image(
    'ErrImageNeverPull',
    'Container image "web:1" is not present with pull policy of Never',
  ),
  'image-invalid-name': image('InvalidImageName', 'Failed to apply default image tag "Web:1"'),
  'image-inspect-error': image('ImageInspectError', 'Failed to inspect image "web:1"'),
  'image-registry-unavailable': image('RegistryUnavailable'),
  'image-signature': image('SignatureValidationFailed'),
  'image-slow-pull': (h) =>
    cluster(h, {
      pods: [unready(h, waiting(h, 'ContainerCreating'))],
      events: [told(h, 'Pulling', `Pulling image "${h}:1"`, {count: 1})],
    }),
}
