/** No saved file of a cluster is larger, and no string that Node can hold is much larger. */
export const FILE_BYTES = 256 * 1024 ** 2

/** What one archive may unpack to: beyond it is made to fill a machine, not to be read. */
export const ARCHIVE_BYTES = 8 * 1024 ** 3

/** Files in one folder or archive. */
export const FILES = 1_000_000

/** Nothing is packed so many times smaller, not even the same line of a log again and again among other things. */
export const RATIO = 200

/** Whatever it is packed to. */
export const SMALL_BYTES = 64 * 1024 ** 2
