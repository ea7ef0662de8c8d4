/** Runs Node in a process of its own, in the workbook's folder, to its end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/**
 * Throws if it fails: what did not do its work is fast, and no measurement.
 *
 * @param cwd another folder, if given
 */
export async function runNode(args: string[], cwd = root): Promise<void> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new Error(`node ${args.join(' ')} ended with ${code}:\n${output.slice(-2000)}`);
  }
}
