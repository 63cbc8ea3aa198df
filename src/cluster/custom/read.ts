import type {V1ObjectMeta} from '@kubernetes/client-node'
import {at} from '../../model/custom/content.ts'
import type {CustomKind, CustomName, CustomObject} from '../../model/custom/object.ts'
import {anyObject} from '../../model/kept/index.ts'
import type {Plain} from '../../model/kept/projection.ts'
import type {Connection} from '../connection.ts'
import {malformed} from '../page.ts'
import {pathSegment} from '../path-segment.ts'
import {wrongField} from '../shape/conform.ts'
import {discovered} from './discovery.ts'

/**
 * The objects of operators that are named: discovery, and a request for each.
 * @throws AnswerError in kubectl's words where a type or an object is not there, or may not be read.
 */
export async function customObjects(
  connection: Connection,
  names: readonly CustomName[],
  namespace: string | undefined,
): Promise<readonly CustomObject[]> {
  const kinds = await discovered(connection, names)
  return await Promise.all(
    names.map(async ({name}, index) => {
      const of = kinds[index] as CustomKind
      return kept(of, await connection.get(pathOf(of, namespace, name)), connection)
    }),
  )
}

function pathOf({group, version, plural, namespaced}: CustomKind, namespace = '', name: string): string {
  const within = namespaced ? `/namespaces/${pathSegment(namespace, 'namespace')}` : ''
  const [first, second, third, last] = [group, version, plural, name].map((each) =>
    pathSegment(each, 'resource name'),
  )
  return `/apis/${first}/${second}${within}/${third}/${last}`
}

/** Metadata is alike in all objects; of the rest nobody knows the shape, and whoever looks at it has to ask. */
function kept(of: CustomKind, sent: unknown, {server}: Connection): CustomObject {
  const sentMetadata = at(sent, 'metadata')
  if (wrongField('ObjectMeta', sentMetadata) !== undefined || typeof at(sentMetadata, 'name') !== 'string')
    throw malformed(server, `has a wrong shape: ${of.kind} with other metadata than the API has`)
  const {metadata} = anyObject({metadata: sentMetadata as Plain<V1ObjectMeta>})
  return {
    apiVersion: `${of.group}/${of.version}`,
    kind: of.kind,
    ...(metadata && {metadata}),
    of,
    spec: at(sent, 'spec'),
    status: at(sent, 'status'),
  }
}
