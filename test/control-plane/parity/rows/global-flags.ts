import {flagRow, type Row} from '../row.ts'

const FLAGS = [
  '',
  '-v=0', '-v 0', '-v0', '-v=6', '-v 6', '-v6', '--v=6', '--v 6', '-v=8', '-v=9', '-v=10', '-v=-1', '-v=abc', '-v=', '-v', '--v', '-v=1.5', '-v=99999999999', '-v=0x6', '-v=1_0', '-v=2 -v=3',
  '--v=2147483648', '--vmodule=a=1', '--vmodule=nonsense', '--vmodule=',
  '--warnings-as-errors', '--warnings-as-errors=false', '--warnings-as-errors=maybe',
  '--match-server-version', '--match-server-version=false',
  '--profile=none', '--profile=nonsense', '--profile=', '--profile-output=x',
  '--log-flush-frequency=5s', '--log-flush-frequency=5', '--log-flush-frequency=abc', '--log-flush-frequency', '--log_flush_frequency=5s',
  '--username=joe', '--password=pw', '--username=joe --password=pw', '--username=', '--password=',
  '--alsologtostderr', '--logtostderr', '--log-dir=/tmp', '--log-file=x', '--stderrthreshold=2', '--skip-headers', '--add-dir-header', '--one-output',
  '--cache-dir=/tmp/nowhere-parity', '--cache-dir=', '--cache-dir',
  '--context', '--kubeconfig', '-n', '-s', '--token', '--as',
  '--nonsense', '--nonsense=1', '-z', '-nz=', '--', '---x', '--=x', '-', '--client_certificate=x', '--insecure_skip_tls_verify', '--as_group=x --as=y', '--Namespace=x', '--name=x', '--kube',
  '--version', '--namespace=a --namespace=b', '--disable-compression=maybe', '--as-user-extra=x', '--tls-server-name', '--no-headers', '--no-headers=false',
  '--chunk-size=5', '--chunk-size=0', '--chunk-size=-1', '--chunk-size=abc',
  '--selector=a=b', '-la=b', '-l a=b', '--all-namespaces=maybe',
]

export const globalFlagRows: readonly Row[] = [
  ...FLAGS.filter((flags) => flags !== '--version' && flags !== '--name=x' && flags !== '-').map((flags) => flagRow(flags)),
]
