import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {pod, ready, type Situation} from '../situation.ts'

/** Manifests as courses teach them: a NodePort as governing Service, and a class that does not exist. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('course')
  const manifests = await readFile(join(import.meta.dirname, 'manifests.yaml'), 'utf8')
  await api.kubectl(['apply', '-n', 'course', '-f', '-'], {input: manifests})
  await ready(api, 'course', 'greet', 3)
  await pod(api, 'course', 'mi-db-0')
  return {flags: ['-n', 'course']}
}
