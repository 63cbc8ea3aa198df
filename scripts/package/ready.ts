interface Release {
  readonly pkg: {
    readonly version: string
    readonly homepage?: string
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
  const {version, homepage, repository} = pkg
  const isHome = forge !== undefined && homepage?.startsWith(forge)
  return [
    tag !== `v${version}` && `the tag is ${tag ?? 'missing'}, and package.json has version ${version}`,
    !changelog.includes(`\n## ${version} `) && `CHANGELOG.md has no section "## ${version} – DATE"`,
    // npm takes no provenance of another repository than the one that is named
    (forge === undefined || repository?.url !== `git+${forge}.git`) &&
      `package.json must name the repository.url that releases it: git+${forge ?? 'https://FORGE/OWNER/NAME'}.git`,
    !isHome && `package.json must name a homepage there, and bugs`,
  ].filter((each) => each !== false)
}
