import {dump} from 'js-yaml'
import {executableName, type Platform} from './platforms.ts'

/** An archive that was made. */
export interface Archive {
  readonly platform: Platform
  readonly name: string
  readonly sha256: string
  readonly megabytes: string
}

/** krew shows it when it has installed the plugin; it links one file alone (krew#812). */
const CAVEATS = `TAB behind \`kubectl stateful\` takes one more link:

  ln -s kubectl-stateful "\${KREW_ROOT:-$HOME/.krew}/bin/kubectl_complete-stateful"

On Linux it takes glibc 2.28 or newer, libstdc++ and libatomic (Debian, Ubuntu: libatomic1).
`

const DESCRIPTION = `Answers what kubectl has no command for: which ordinal of a StatefulSet runs in which Pod,
on which claim, volume and node; which node lacks which daemon, and the rule that decides;
how far a rollout is, what the controller does next, and who blocks it. Every trouble that
it finds comes with its proof, with commands that help, and with what they risk.

It only reads, works with few rights, and answers from saved objects as well.
`

/** What krew-index gets: the manifest of a version, with the checksums of its archives. */
export function krewManifest(archives: readonly Archive[], version: string, home: string): string {
  return dump(
    {
      apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
      kind: 'Plugin',
      metadata: {name: 'stateful'},
      spec: {
        version: `v${version}`,
        homepage: home,
        shortDescription: 'Find what blocks StatefulSets and DaemonSets, and why',
        description: DESCRIPTION,
        caveats: CAVEATS,
        platforms: archives.map((each) => platformOf(each, `${home}/releases/download/v${version}`)),
      },
    },
    {lineWidth: -1},
  )
}

function platformOf({platform, name, sha256}: Archive, downloads: string) {
  const bin = executableName(platform)
  return {
    selector: {matchLabels: {os: platform.os, arch: platform.arch}},
    uri: `${downloads}/${name}`,
    sha256,
    bin,
    files: [bin, 'LICENSE', 'NOTICE', 'LICENSE.node'].map((from) => ({from, to: '.'})),
  }
}
