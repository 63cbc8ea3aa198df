/** No saved file of a cluster is larger, and no string that Node can hold is much larger. */
export const FILE_BYTES = 256 * 1024 ** 2

/** What one archive may unpack to: beyond it is made to fill a machine, not to be read. */
export const ARCHIVE_BYTES = 8 * 1024 ** 3

/** Files in one folder or archive. */
export const FILES = 1_000_000
