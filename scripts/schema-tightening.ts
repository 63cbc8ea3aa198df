/** Part of a JSON Schema. */
export type Schema = {readonly [name: string]: Json}

type Json = null | boolean | number | string | readonly Json[] | {readonly [name: string]: Json}

const TIME = {pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$'}

/** What a type can't say of a property, by its name, wherever it stands. */
const BY_NAME: Readonly<Record<string, Schema>> = {
  observedAt: TIME,
  since: TIME,
  at: TIME,
  createdAt: TIME,
  lastStepAt: TIME,
  until: TIME,
  id: {pattern: '^[a-z0-9]+(-[a-z0-9]+)*$'},
  rung: {maximum: 6},
}

/** A schema that also says what types can't: that every number counts something, and how times and ids are spelt. */
export function tightened(schema: Json, name = ''): Json {
  if (Array.isArray(schema)) return schema.map((each) => tightened(each))
  if (!isSchema(schema)) return schema
  const parts = Object.entries(schema).map(([key, value]) => [
    key,
    key === 'properties' && isSchema(value) ? ofProperties(value) : tightened(value),
  ])
  return counting({...Object.fromEntries(parts), ...(isPlain(schema) && BY_NAME[name])})
}

function ofProperties(properties: Schema): Schema {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, tightened(value, name)]))
}

/** `number` is a count: whole, and not below zero. */
function counting(schema: Schema): Schema {
  const {type} = schema
  const types = Array.isArray(type) ? (type as readonly Json[]) : [type]
  if (!types.includes('number')) return schema
  const whole = types.map((each) => (each === 'number' ? 'integer' : (each ?? null)))
  return {minimum: 0, ...schema, type: Array.isArray(type) ? whole : 'integer'}
}

/** A value of its own, not a reference to what stands elsewhere. */
function isPlain(schema: Schema): boolean {
  return 'type' in schema && schema.type !== 'object'
}

function isSchema(value: Json): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
