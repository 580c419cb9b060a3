/** By what a module is known that brings its package's description. */
export const manifestMark = /^var packageData = \{$/m;

const manifest = /var packageData = \{\n\tname: "[^"]*",\n\tversion: ("[^"]*"),[\s\S]*?\n\};\n/;

/**
 * The renderer's own code without its `package.json`, of which it tells the developer tools the version: maintainers, scripts and
 * dependencies would go to every client.
 * @throws Error where there is none, as after an upgrade
 */
export function withoutManifest(code: string): string {
  if (!manifest.test(code))
    throw new Error('react-three-fiber no longer brings its package.json: leave this out.');
  return code.replace(manifest, 'var packageData = { version: $1 };\n');
}
