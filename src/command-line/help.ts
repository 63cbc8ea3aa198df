import pkg from '../../package.json' with {type: 'json'}

/** Writes the help of one command, or of all, as oclif makes it of package.json and the manifest; it is loaded for that only. */
export async function showHelp(root: string, command: string | undefined): Promise<void> {
  // on Windows oclif would start a PowerShell to find out the shell's name (oclif/core#1614)
  if (process.platform === 'win32') process.env.SHELL ??= process.env.ComSpec ?? 'cmd'
  // CommonJS modules: bundled, their names are only on their default
  const [{default: config}, {default: help}, {helpPages}] = await Promise.all([
    import('@oclif/core/config'),
    import('@oclif/core/help'),
    import('./help-pages.ts'),
  ])
  const Pages = helpPages(help)
  await new Pages(await config.Config.load(root)).showHelp(command === undefined ? [] : [command])
}

/** Writes the versions of the plugin and of Node. */
export function showVersion(): void {
  const {name, version} = pkg
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
}
