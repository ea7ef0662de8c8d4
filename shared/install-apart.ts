/** Packages that one rarely used script needs stand in a folder of its own, so that learners do not install them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Installs what the lock file in `folder` names, unless `packageName` is there.
 *
 * @param folder relative to the project
 * @throws with the command to run, if it cannot be done here
 */
export function installApart(folder: string, packageName: string): void {
  const cwd = path.join(root, folder);
  if (existsSync(path.join(cwd, 'node_modules', packageName))) return;
  const npm = process.env['npm_execpath'];
  if (!npm) throw new Error(`${packageName} is not installed. Run: npm ci --prefix ${folder}`);
  console.log(`Installing ${packageName} in ${folder}, once.`);
  const { status } = spawnSync(process.execPath, [npm, 'ci', '--ignore-scripts'], {
    cwd,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${packageName} could not be installed; npm says why above.`);
}
