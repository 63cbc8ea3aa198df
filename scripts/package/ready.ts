interface Release {
  readonly pkg: {
    readonly version: string
    readonly homepage?: string
    readonly bugs?: {readonly url?: string}
    readonly repository?: {readonly url?: string}
  }
  readonly changelog: string
  /** The tag that is released. */
  readonly tag: string | undefined
  /** Address of the repository that releases it; absent elsewhere than on a forge. */
  readonly forge: string | undefined
}

/** What speaks against releasing what is here, in sentences. */
export function complaintsOf({pkg, changelog, tag, forge}: Release): readonly string[] {
  const {version, homepage, bugs, repository} = pkg
  const isHome = forge !== undefined && homepage === forge && bugs?.url === `${forge}/issues`
  return [
    tag !== `v${version}` && `the tag is ${tag ?? 'missing'}, and package.json has version ${version}`,
    !changelog.includes(`\n## ${version} `) && `CHANGELOG.md has no section "## ${version} – DATE"`,
    // npm takes no provenance of another repository than the one that is named
    (forge === undefined || repository?.url !== `git+${forge}.git`) &&
      `package.json must name the repository.url that releases it: git+${forge ?? 'https://FORGE/OWNER/NAME'}.git`,
    !isHome && `package.json must name that place as homepage, without more, and its issues as bugs.url`,
  ].filter((each) => each !== false)
}
