import type {Field, Type} from 'protobufjs'

const HEAD = `// Made of kept.proto by \`npm run protobuf\`.

/** What each field that is kept has to be, by the message that it stands in: \`[X]\` is a list, \`{X}\` a map. */
export const fieldTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
`

/** The text of a module that says of what type each field is, for what was not sent as protobuf. */
export function fieldTypesOf(messages: readonly Type[]): string {
  const lines = messages.map((message) => `  ${message.name}: {${typesIn(message).join(', ')}},\n`)
  return `${HEAD}${lines.join('')}}\n`
}

/** What is inline stands, in JSON, where the field itself would. */
function typesIn({fieldsArray}: Type): readonly string[] {
  return fieldsArray.flatMap((field) => {
    const {resolvedType, options = {}} = field.resolve()
    if (options['(inline)']) return typesIn(resolvedType as Type)
    return [`${field.name}: '${typeOf(field)}'`]
  })
}

function typeOf({type, map, repeated}: Field): string {
  if (map) return `{${type}}`
  return repeated ? `[${type}]` : type
}
