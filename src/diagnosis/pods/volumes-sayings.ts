import {ATTACH_SAYINGS} from './volumes-sayings-attach.ts'
import {MOUNT_SAYINGS} from './volumes-sayings-mount.ts'

/** Most specific first; what keeps a volume from being attached keeps it from being mounted, too. */
export const VOLUME_SAYINGS = [...ATTACH_SAYINGS, ...MOUNT_SAYINGS]

/** A summary of what others say better. */
export const SUMMARY = 'mount-timeout'
