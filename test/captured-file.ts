/** Files of clusters that were captured from real controllers. */
import {readFile, writeFile} from 'node:fs/promises'
import {readSavedDocuments} from '../src/cluster/saved-documents.ts'
import {gathering, toList} from '../src/cluster/snapshot-file.ts'
import {toYaml} from '../src/render/yaml.ts'

/** Writes what `snapshot` has printed; `by` is the command that does it again. */
export async function writeCaptured(file: string, snapshot: string, by: string): Promise<void> {
  await writeFile(file, `# Generated from real controllers by \`${by}\`: do not edit\n${snapshot}`)
}

/** Writes a captured cluster again, with what is kept of it today; whether that changed the file. */
export async function projectCaptured(file: string, by: string): Promise<boolean> {
  const before = await readFile(file, 'utf8')
  const gathered = gathering({withTemplates: true})
  for (const document of await readSavedDocuments([file])) gathered.add(document)
  await writeCaptured(file, `${toYaml(toList(gathered.snapshot()))}\n`, by)
  return before !== (await readFile(file, 'utf8'))
}
