import {RWOP_IN_USE, causes as scheduling} from '../scheduling/reasons-claims.ts'
import {ATTACH_MESSAGES} from './attach-messages.ts'
import type {KnownVolumeMessage} from './known-message.ts'
import {DRIVER_MISSING, MOUNT_MESSAGES, MOUNT_OR_MAP} from './mount-messages.ts'

/** One message of a Pod that has its node already, of a cause that mostly keeps it from getting one. */
const IN_USE: KnownVolumeMessage = {
  id: RWOP_IN_USE,
  avoid: scheduling[RWOP_IN_USE].avoid,
  severity: 'error',
  reasons: MOUNT_OR_MAP,
  pattern: /uses the ReadWriteOncePod access mode and is already in use/i,
  selfHealing: 'maybe',
  words: () => 'the claim of the Pod (ReadWriteOncePod) is in use by another Pod of the node',
  ways: ['see which Pod of the node uses the claim, and why: only one at a time may'],
}

/** Most specific first; what keeps a volume from being attached keeps it from being mounted, too. */
export const VOLUME_MESSAGES: readonly KnownVolumeMessage[] = [
  // before the driver's own words, which may be any
  ...MOUNT_MESSAGES.filter(({id}) => id === DRIVER_MISSING),
  ...ATTACH_MESSAGES,
  IN_USE,
  ...MOUNT_MESSAGES.filter(({id}) => id !== DRIVER_MISSING),
]
