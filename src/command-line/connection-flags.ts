import type {Flags} from './flag.ts'
import {readFrequency, readKuberc, readModules, readProfile, readVerbosity} from './global-flag-values.ts'

/** Flags of kubectl that change nothing here, and are no reason to refuse what kubectl takes. */
const takenFlags = {
  'cache-dir': {
    type: 'option',
    description: 'Taken for kubectl’s sake: nothing is cached',
    hidden: true,
    helpGroup: 'connection',
  },
  'match-server-version': {
    type: 'boolean',
    description: 'Taken for kubectl’s sake: every version of a server is read alike',
    hidden: true,
    helpGroup: 'connection',
  },
  profile: {
    type: 'option',
    description: 'Taken for kubectl’s sake: nothing is profiled',
    default: 'none',
    read: readProfile,
    hidden: true,
    helpGroup: 'connection',
  },
  'profile-output': {
    type: 'option',
    description: 'Taken for kubectl’s sake: nothing is profiled',
    hidden: true,
    helpGroup: 'connection',
  },
  'log-flush-frequency': {
    type: 'option',
    description: 'Taken for kubectl’s sake: what is said is said at once',
    default: '5s',
    read: readFrequency,
    hidden: true,
    helpGroup: 'connection',
  },
  vmodule: {
    type: 'option',
    description: 'Taken for kubectl’s sake: -v holds for all',
    default: '',
    read: readModules,
    hidden: true,
    helpGroup: 'connection',
  },
} as const satisfies Flags

/** kubectl's connection flags (cli-runtime genericclioptions.ConfigFlags, 1.37). */
export const connectionFlags = {
  kubeconfig: {
    type: 'option',
    description: 'Path to the kubeconfig file to use',
    helpGroup: 'connection',
    place: {of: 'files'},
  },
  context: {
    type: 'option',
    description: 'The kubeconfig context to use',
    helpGroup: 'connection',
    place: {of: 'kubeconfig', part: 'contexts'},
  },
  cluster: {
    type: 'option',
    description: 'The kubeconfig cluster to use',
    helpGroup: 'connection',
    place: {of: 'kubeconfig', part: 'clusters'},
  },
  user: {
    type: 'option',
    description: 'The kubeconfig user to use',
    helpGroup: 'connection',
    place: {of: 'kubeconfig', part: 'users'},
  },
  server: {
    type: 'option',
    char: 's',
    description: 'Address and port of the API server',
    helpGroup: 'connection',
  },
  token: {type: 'option', description: 'Bearer token for the API server', helpGroup: 'connection'},
  as: {type: 'option', description: 'User to impersonate', helpGroup: 'connection'},
  'as-uid': {type: 'option', description: 'UID to impersonate', helpGroup: 'connection'},
  'as-group': {
    type: 'option',
    description: 'Group to impersonate; repeatable',
    multiple: true,
    helpGroup: 'connection',
  },
  'as-user-extra': {
    type: 'option',
    description: 'Extra field of the user to impersonate, key=value; repeatable',
    multiple: true,
    helpGroup: 'connection',
  },
  'client-certificate': {
    type: 'option',
    description: 'Path to a client certificate',
    helpGroup: 'connection',
    place: {of: 'files'},
  },
  'client-key': {
    type: 'option',
    description: 'Path to a client key',
    helpGroup: 'connection',
    place: {of: 'files'},
  },
  'certificate-authority': {
    type: 'option',
    description: "Path to a certificate of the server's authority",
    helpGroup: 'connection',
    place: {of: 'files'},
  },
  'insecure-skip-tls-verify': {
    type: 'boolean',
    description: "Do not check the server's certificate: connections are not secure",
    helpGroup: 'connection',
  },
  'tls-server-name': {
    type: 'option',
    description: 'Name to check the certificate against',
    helpGroup: 'connection',
  },
  'request-timeout': {
    type: 'option',
    description: 'How long to wait for one answer of the server (1s, 2m); 0: without limit',
    helpGroup: 'connection',
  },
  'disable-compression': {
    type: 'boolean',
    description: 'Do not ask the server for compressed answers',
    helpGroup: 'connection',
  },
  username: {type: 'option', description: 'Name for basic authentication', helpGroup: 'connection'},
  password: {type: 'option', description: 'Password for basic authentication', helpGroup: 'connection'},
  kuberc: {
    type: 'option',
    description: 'Path to the kuberc file to use, whose policy says which credential plugins may run',
    helpGroup: 'connection',
    read: readKuberc,
    place: {of: 'files'},
  },
  v: {
    type: 'option',
    char: 'v',
    description: 'Tell requests on stderr: 6 one line each, 7 and 8 with headers; secrets are masked',
    default: '0',
    read: readVerbosity,
    helpGroup: 'connection',
  },
  'warnings-as-errors': {
    type: 'boolean',
    description: 'Exit with 2 when the server warned',
    helpGroup: 'connection',
  },
  ...takenFlags,
} as const satisfies Flags
