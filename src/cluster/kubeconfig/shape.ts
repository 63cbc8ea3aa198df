/**
 * The types a kubeconfig's fields must have. client-go decodes a file into Go structs and refuses it as a whole on
 * the first field of a wrong type, so `name: 123` is an error there, and here.
 */
export type Shape = 'string' | 'bool' | '[]uint8' | 'any' | List | Struct | Dictionary
interface List {
  readonly list: Shape
  readonly goType: string
}
interface Dictionary {
  readonly values: Shape
  readonly goType: string
}
interface Struct {
  readonly struct: string
  readonly fields: Readonly<Record<string, Shape>>
}

const strings: List = {list: 'string', goType: '[]string'}

const extensions: List = {
  goType: '[]v1.NamedExtension',
  list: {struct: 'NamedExtension', fields: {name: 'string', extension: 'any'}},
}

const cluster: Struct = {
  struct: 'Cluster',
  fields: {
    server: 'string',
    'tls-server-name': 'string',
    'insecure-skip-tls-verify': 'bool',
    'certificate-authority': 'string',
    'certificate-authority-data': '[]uint8',
    'proxy-url': 'string',
    'disable-compression': 'bool',
    extensions,
  },
}

const exec: Struct = {
  struct: 'ExecConfig',
  fields: {
    command: 'string',
    args: strings,
    env: {
      goType: '[]v1.ExecEnvVar',
      list: {struct: 'ExecEnvVar', fields: {name: 'string', value: 'string'}},
    },
    apiVersion: 'string',
    installHint: 'string',
    provideClusterInfo: 'bool',
    interactiveMode: 'string',
  },
}

const user: Struct = {
  struct: 'AuthInfo',
  fields: {
    'client-certificate': 'string',
    'client-certificate-data': '[]uint8',
    'client-key': 'string',
    'client-key-data': '[]uint8',
    token: 'string',
    tokenFile: 'string',
    as: 'string',
    'as-uid': 'string',
    'as-groups': strings,
    'as-user-extra': {values: strings, goType: 'map[string][]string'},
    username: 'string',
    password: 'string',
    'auth-provider': {
      struct: 'AuthProviderConfig',
      fields: {name: 'string', config: {values: 'string', goType: 'map[string]string'}},
    },
    exec,
    extensions,
  },
}

const context: Struct = {
  struct: 'Context',
  fields: {cluster: 'string', user: 'string', namespace: 'string', extensions},
}

/** A whole file. */
export const config: Struct = {
  struct: 'Config',
  fields: {
    apiVersion: 'string',
    kind: 'string',
    'current-context': 'string',
    preferences: {struct: 'Preferences', fields: {colors: 'bool', extensions}},
    extensions,
    clusters: named('Cluster', {cluster}),
    users: named('AuthInfo', {user}),
    contexts: named('Context', {context}),
  },
}

function named(what: string, field: Readonly<Record<string, Shape>>): List {
  const struct = `Named${what}`
  return {goType: `[]v1.${struct}`, list: {struct, fields: {name: 'string', ...field}}}
}
