/** Writes the help of one command, or of all, as oclif makes it of package.json and its manifest; it is loaded for that only. */
export async function showHelp(manifest: () => string, command: string | undefined): Promise<void> {
  // a CommonJS module: bundled, its names are only on its default
  const [{default: help}, {helpPages}, {helpConfig}] = await Promise.all([
    import('@oclif/core/help'),
    import('./help-pages.ts'),
    import('./help-config.ts'),
  ])
  const Pages = helpPages(help)
  await new Pages(helpConfig(manifest())).showHelp(command === undefined ? [] : [command])
}
