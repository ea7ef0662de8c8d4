/**
 * `npm run test:clients`: what people's own clients live through at the reference: three calls that
 * refresh at once, a server that starts again, a server that has forgotten everybody. The packages are
 * pinned, and installed apart; nothing but this machine is asked.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installApart } from '../shared/install-apart.ts';
import type { RealClient } from './test-clients/clients.ts';
import { Memory } from './test-clients/memory.ts';
import { serve, type Served } from './test-clients/served.ts';

const FOLDER = 'scripts/test-clients';
const CALLS = 3;

/** What must be true after each step; a sentence says what is not. */
const steps: Record<
  string,
  (client: RealClient, memory: Memory, served: Served) => Promise<string[]>
> = {
  async 'signs in and calls'(client, memory, { url }) {
    await client.signIn(memory, url);
    return answered(await client.call(memory, url, 1), 1);
  },

  async 'three refreshes at once'(client, memory, { url }) {
    const { pages } = memory;
    const problems = answered(await client.call(memory, url, CALLS), CALLS);
    // Goes on, also with what was written last.
    await client.signIn(memory, url);
    problems.push(...answered(await client.call(memory, url, 1), 1));
    return memory.pages > pages ? [...problems, 'the user was asked again'] : problems;
  },

  async 'the server starts again'(client, memory, served) {
    const { registrations } = memory;
    await served.restart();
    memory.expire();
    await client.signIn(memory, served.url);
    const problems = answered(await client.call(memory, served.url, 1), 1);
    return memory.registrations > registrations ? [...problems, 'it registered anew'] : problems;
  },

  async 'the server knows nobody'(client, memory, served) {
    const { registrations } = memory;
    await served.forgetEverybody();
    memory.expire();
    await client.signIn(memory, served.url);
    const problems = answered(await client.call(memory, served.url, 1), 1);
    return memory.registrations === registrations ? [...problems, 'it did not register'] : problems;
  },
};

const answered = (texts: string[], wanted: number): string[] => {
  const good = texts.filter((text) => text.includes('temperature')).length;
  return good === wanted ? [] : [`${good} of ${wanted} calls were answered`];
};

installApart(FOLDER, '@modelcontextprotocol/client');
const { loadClients } = await import('./test-clients/clients.ts');
const { askTutor, tutorClients } = await import('./test-clients/tutor.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'test-clients-'));
const served = await serve(folder);
let failures = 0;
try {
  for (const client of await loadClients()) {
    console.log(`\n${client.name}`);
    const memory = new Memory();
    for (const [name, step] of Object.entries(steps)) {
      await report(name, step(client, memory, served));
    }
  }
  console.log('\nThe tutor, over stdio');
  for (const [name, open] of Object.entries(tutorClients)) await report(name, askTutor(open));
} finally {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
}
async function report(name: string, asking: Promise<string[]>): Promise<void> {
  const problems = await asking.catch((error: unknown) => [
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  ]);
  failures += Math.min(1, problems.length);
  console.log(
    `  ${problems.length === 0 ? 'passed' : 'FAILED'}  ${name}${problems.map((one) => `\n          ${one}`).join('')}`,
  );
}
console.log(failures === 0 ? '\nAll passed.' : `\n${failures} failed.`);
process.exit(failures === 0 ? 0 : 1);
