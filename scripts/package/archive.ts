import {gzipSync} from 'node:zlib'
import {packTar} from 'modern-tar'

export interface ArchivedFile {
  readonly name: string
  readonly bytes: Buffer
  readonly isExecutable?: boolean
}

/** As npm has it: the same files are the same bytes, whenever and by whomever they are packed. */
const MTIME = new Date('1985-10-26T08:15:00Z')

/** A `.tar.gz` of plain files; krew takes nothing else. */
export async function archiveOf(files: readonly ArchivedFile[]): Promise<Buffer> {
  const tar = await packTar(
    files.map(({name, bytes, isExecutable}) => ({
      header: {
        name,
        size: bytes.length,
        mode: isExecutable ? 0o755 : 0o644,
        mtime: MTIME,
        uid: 0,
        gid: 0,
        uname: '',
        gname: '',
      },
      body: bytes,
    })),
  )
  return gzipSync(tar)
}
