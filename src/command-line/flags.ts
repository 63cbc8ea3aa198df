import * as Flags from '@oclif/core/flags'

/** kubectl's connection flags (cli-runtime genericclioptions.ConfigFlags, 1.37). */
export const connectionFlags = {
  kubeconfig: Flags.string({description: 'Path to the kubeconfig file to use', helpGroup: 'connection'}),
  context: Flags.string({description: 'The kubeconfig context to use', helpGroup: 'connection'}),
  cluster: Flags.string({description: 'The kubeconfig cluster to use', helpGroup: 'connection'}),
  user: Flags.string({description: 'The kubeconfig user to use', helpGroup: 'connection'}),
  server: Flags.string({
    char: 's',
    description: 'Address and port of the API server',
    helpGroup: 'connection',
  }),
  token: Flags.string({description: 'Bearer token for the API server', helpGroup: 'connection'}),
  as: Flags.string({description: 'User to impersonate', helpGroup: 'connection'}),
  'as-uid': Flags.string({description: 'UID to impersonate', helpGroup: 'connection'}),
  'as-group': Flags.string({
    description: 'Group to impersonate; repeatable',
    multiple: true,
    helpGroup: 'connection',
  }),
  'as-user-extra': Flags.string({
    description: 'Extra field of the user to impersonate, key=value; repeatable',
    multiple: true,
    helpGroup: 'connection',
  }),
  'client-certificate': Flags.string({description: 'Path to a client certificate', helpGroup: 'connection'}),
  'client-key': Flags.string({description: 'Path to a client key', helpGroup: 'connection'}),
  'certificate-authority': Flags.string({
    description: "Path to a certificate of the server's authority",
    helpGroup: 'connection',
  }),
  'insecure-skip-tls-verify': Flags.boolean({
    description: "Do not check the server's certificate: connections are not secure",
    helpGroup: 'connection',
  }),
  'tls-server-name': Flags.string({
    description: 'Name to check the certificate against',
    helpGroup: 'connection',
  }),
  'request-timeout': Flags.string({
    description: 'How long to wait for one answer of the server (1s, 2m); 0: for ever',
    helpGroup: 'connection',
  }),
  'disable-compression': Flags.boolean({
    description: 'Do not ask the server for compressed answers',
    helpGroup: 'connection',
  }),
  'cache-dir': Flags.string({
    description: 'Taken for kubectl’s sake: nothing is cached',
    hidden: true,
    helpGroup: 'connection',
  }),
}

/** Which objects the question is about. */
export const scopeFlags = {
  namespace: Flags.string({char: 'n', description: 'Namespace of the workloads'}),
  'all-namespaces': Flags.boolean({char: 'A', description: 'Workloads of all namespaces'}),
  'chunk-size': Flags.string({description: 'Objects per page of a list; 0: all at once', default: '500'}),
}

/** `-o`, for the formats that a command has. */
export function outputFlag(description: string, standard: string) {
  return Flags.string({char: 'o', description, default: standard})
}

/** What every question has besides. */
export const answerFlags = {
  selector: Flags.string({char: 'l', description: 'Label selector on the workloads (k=v, k!=v, k in (a,b))'}),
  filename: Flags.string({
    char: 'f',
    description:
      'Answer from saved objects, not from a cluster: a file, a folder, or - for standard input; repeatable',
    multiple: true,
  }),
  output: outputFlag('table, wide, json, yaml or name', 'table'),
  'no-headers': Flags.boolean({description: 'No header line'}),
  color: Flags.string({description: 'auto, always or never', default: 'auto'}),
  'exit-code': Flags.boolean({description: 'Exit with 1 when something of severity error was found'}),
}
