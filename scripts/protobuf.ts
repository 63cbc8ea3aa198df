/** `npm run protobuf`: makes `src/cluster/protobuf/decoders.ts` of `kept.proto`, after a change of either list of what is kept. */
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {decodersOf} from './protobuf-decoders.ts'

const FOLDER = join(import.meta.dirname, '../src/cluster/protobuf')

await writeFile(join(FOLDER, 'decoders.ts'), decodersOf(await readFile(join(FOLDER, 'kept.proto'), 'utf8')))
