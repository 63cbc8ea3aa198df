import {basename, join, normalize} from 'node:path'
import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {onlyGoYaml} from '../go-yaml.ts'
import {homeFolder} from '../kubeconfig/home.ts'
import {fileProblem, type Host} from '../kubeconfig/kubeconfig.ts'
import {readSmallFile} from '../small-file.ts'
import {PluginError} from './exec-credential-host.ts'
import {lookPath} from './exec-credential-path.ts'

/** Which credential plugins kuberc lets run (kubectl 1.35 and later). */
export interface Policy {
  readonly policy: string
  readonly allowed: readonly string[] | undefined
}

const ALLOW_ALL: Policy = {policy: 'AllowAll', allowed: undefined}
const KUBERC = /^kubectl\.config\.k8s\.io\/v1(alpha1|beta1)$/

/**
 * The policy of the user's kuberc: KUBERC, else ~/.kube/kuberc; `KUBERC=off` or `KUBECTL_KUBERC=false` for none
 * (kubectl 0.37 pkg/kuberc). As in kubectl an unreadable default file is only noted.
 * @throws AnswerError when the file KUBERC names can't be used, or the policy contradicts itself.
 */
export function loadPolicy(place: Host, flag = ''): Policy {
  const {KUBERC: variable, KUBECTL_KUBERC: gate} = place.env
  if (gate === 'false') return ALLOW_ALL
  if (variable === 'off' && flag !== '') throw unusable(`kuberc error ${CONTRADICTION}`)
  if (variable === 'off') return ALLOW_ALL
  const named = flag || variable
  const path = named || join(homeFolder(place.env, place.platform), '.kube', 'kuberc')
  const preference = readPreference(path, Boolean(named), place)
  if (preference === undefined) return ALLOW_ALL
  const policy = policyOf(preference)
  const problem = misconfigured(policy)
  if (problem !== undefined) throw unusable(problem)
  return policy
}

const CONTRADICTION = 'disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive'

function unusable(problem: string): AnswerError {
  return new AnswerError(`error occurred while applying preferences ${clean(problem)}`)
}

type Preference = Readonly<Record<string, unknown>>

function readPreference(path: string, explicit: boolean, place: Host): Preference | undefined {
  try {
    return firstPreference(readSmallFile(path).toString(), path)
  } catch (error) {
    const problem = clean(fileProblem(error, path))
    if (explicit) throw unusable(`kuberc error kuberc: ${problem}`)
    if (!problem.endsWith('no such file or directory')) {
      place.note(`kuberc: no preferences loaded from ${clean(path)}: ${problem}`)
    }
    return undefined
  }
}

// Each document is read for itself: a broken or foreign one is skipped, the first usable one counts.
function firstPreference(text: string, path: string): Preference | undefined {
  const documents = text.split(/^---.*$/m).filter((document) => document.trim() !== '')
  const found = documents.map(tryLoad).find(isPreference)
  if (found === undefined && documents.length > 0) throw new Error(`no valid preferences found in ${path}`)
  return found
}

function tryLoad(document: string): unknown {
  try {
    return onlyGoYaml(document)
  } catch {
    return undefined
  }
}

function isPreference(document: unknown): document is Preference {
  if (typeof document !== 'object' || document === null) return false
  const {
    apiVersion,
    kind,
    credentialPluginPolicy: policy,
    credentialPluginAllowlist: list,
  } = document as Preference
  const decodes =
    typeof (policy ?? '') === 'string' && (list === undefined || list === null || Array.isArray(list))
  return decodes && kind === 'Preference' && KUBERC.test(String(apiVersion))
}

// v1alpha1 has no policy. `name` became `command` in 1.37; both are read.
function policyOf(preference: Preference): Policy {
  if (preference.apiVersion === 'kubectl.config.k8s.io/v1alpha1') return ALLOW_ALL
  const list = preference.credentialPluginAllowlist as
    | readonly Readonly<Record<string, unknown>>[]
    | null
    | undefined
  const allowed = list?.map((entry) => String(entry?.command || entry?.name || ''))
  return {policy: String(preference.credentialPluginPolicy ?? '') || 'AllowAll', allowed}
}

// client-go 0.37 exec.go ValidatePluginPolicy.
function misconfigured({policy, allowed}: Policy): string | undefined {
  if (policy === 'AllowAll' || policy === 'DenyAll') {
    const extra = `misconfigured credential plugin allowlist: plugin policy is "${policy}" but allowlist is non-nil`
    return allowed === undefined ? undefined : extra
  }
  if (policy !== 'Allowlist') return `unknown plugin policy: "${policy}"`
  const set = 'credential plugin policy set to "Allowlist"'
  if (allowed === undefined) return `${set}, but allowlist is unspecified`
  if (allowed.length === 0) return `${set}, but allowlist is empty; use "DenyAll" policy instead`
  const empty = allowed.indexOf('')
  if (empty >= 0) return `misconfigured credential plugin allowlist: empty allowlist entry #${empty + 1}`
  const odd = allowed.find((entry) => normalize(entry) !== entry)
  return odd === undefined ? undefined : `non-normalized file path: "${odd}" vs "${normalize(odd)}"`
}

/**
 * The path of the program to run for `command`, if the policy lets it run.
 * @throws PluginError in client-go's words if not (0.37 exec.go checkAllowlistLocked).
 */
export function checkPolicy(
  {policy, allowed = []}: Policy,
  command: string,
  place: Host,
): string | undefined {
  const resolved = lookPath(command, place)
  // what only a relative folder of PATH holds is not run: undefined
  if (policy === 'AllowAll') return resolved ?? (/[/\\]/.test(command) ? command : undefined)
  if (policy === 'DenyAll') throw new PluginError(`plugin "${command}" not allowed: policy set to "DenyAll"`)
  if (resolved === undefined) {
    const why = `cannot be resolved for credential plugin allowlist check: executable file not found in $PATH`
    throw new PluginError(`plugin path "${command}" ${why}`)
  }
  if (allowed.some((entry) => matches(entry, command, resolved, place))) return resolved
  throw new PluginError(`plugin path "${resolved}" is not permitted by the credential plugin allowlist`)
}

function matches(entry: string, command: string, resolved: string, place: Host): boolean {
  if (entry === normalize(command) || entry === resolved) return true
  return basename(entry) === basename(resolved) && lookPath(entry, place) === resolved
}
