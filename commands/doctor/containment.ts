/** What the attacks and a learner's code can do to this machine: tried with canaries made for it. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TargetSession } from '../../lab/target-session.ts';
import type { OutOfBandListener } from '../../lab/out-of-band.ts';
import { projectFolder } from '../../shared/project-path.ts';
import type { RunKeys } from '../../lab/run-keys.ts';
import { TargetProcess } from '../../lab/target-process.ts';
import { holds, tooSlow, type Finding } from './finding.ts';

/** `rm -rf /` and files, in the shell that the baseline hands every host name to. */
export async function checkShell(lab: TargetSession): Promise<Finding> {
  const folder = mkdtempSync(path.join(tmpdir(), 'workbook-doctor-'));
  const canary = path.join(folder, 'canary.txt');
  writeFileSync(canary, 'still here');
  const made = `${folder.replaceAll('\\', '/')}/made-by-the-attack.txt`;
  try {
    let isAnswered = true;
    const run = async (line: string): Promise<string> => {
      const token = await lab.mint();
      const reply = await lab.call('ping_station', { host: `x; ${line}` }, { token });
      isAnswered &&= !reply.failure;
      return reply.text;
    };
    const written = await run(
      `mkdir -p "$(dirname '${made}')"; echo escaped > '${made}'; cat '${made}'`,
    );
    await run('rm -rf /');
    const after = await run(`cat '${made}' || echo all-gone`);
    const ran = (await lab.tape()).filter((entry) => entry.kind === 'shell' && entry.shell);
    const inWorld = ran.length === 3 && /escaped/.test(written) && /all-gone/.test(after);
    const untouched = readFileSync(canary, 'utf8') === 'still here' && !existsSync(made);
    const about = 'Shell and files';
    if (untouched && !isAnswered) return tooSlow(about, 'the attack');
    return holds(
      about,
      inWorld && untouched,
      inWorld
        ? `the attack wrote ${made} and ran rm -rf / in the world, where all is gone now; on this disk ${untouched ? 'no such file came to be, and the canary beside it is whole' : 'the canary was touched'}.`
        : 'the attack did not run in the world, so that nothing is shown.',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A real listener of ours stands for the rest of the net: it hears us, and never the server. */
export async function checkOutbound(lab: TargetSession, oob: OutOfBandListener): Promise<Finding> {
  const listener = oob.path(`doctor-${randomBytes(6).toString('hex')}`);
  const args = { city: `${listener.url}/from-the-server`, units: 'metric' };
  const { failure } = await lab.call('get_weather', args, { token: await lab.mint() });
  const taped = (await lab.tape()).some(
    (entry) => entry.kind === 'upstream' && entry.url.includes('from-the-server'),
  );
  const unheard = listener.hits().length === 0;
  await fetch(`${listener.url}/from-the-doctor`);
  const hears = listener.hits().length > 0;
  const about = 'Nothing goes out';
  if (unheard && failure) return tooSlow(about, 'the attack');
  return holds(
    about,
    taped && unheard && hears,
    `the attack had the server ask ${listener.url}, where a listener of ours answers: ${taped ? 'on the tape' : 'NOT on the tape'}, and ${unheard ? 'never received' : 'RECEIVED'}; our own request there was ${hears ? 'received' : 'NOT received'}.`,
  );
}

interface Probed {
  text: string;
  /** Why the process was ended, if it was. */
  lost: string | undefined;
  seconds: string;
  isTooSlow: boolean;
}

/** Puts a learner's file into a process of its own, asks it once, and says what became of it. */
async function runProbe(source: string, keys: RunKeys, oob: OutOfBandListener): Promise<Probed> {
  const folder = path.join(projectFolder, '.workbook');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `doctor-${process.pid}-${randomBytes(4).toString('hex')}.ts`);
  writeFileSync(file, `export const describeProtectedResource = () => {\n  ${source}\n};\n`);
  const target = await TargetProcess.start(keys);
  try {
    const spec = {
      kind: 'solution',
      topic: '01-oauth-discovery',
      file: path.relative(projectFolder, file),
    } as const;
    const lab = await TargetSession.open(target, spec, keys, oob);
    const started = performance.now();
    const { text, failure } = await lab.send({ path: '/.well-known/oauth-protected-resource' });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const lost = lab.lost?.message;
    const isTooSlow = failure !== undefined && (!lost || lost.startsWith('Too slow'));
    return { text, lost, seconds, isTooSlow };
  } finally {
    await target.stop();
    rmSync(file, { force: true });
  }
}

export async function checkSecrets(keys: RunKeys, oob: OutOfBandListener): Promise<Finding> {
  const secret = randomBytes(12).toString('hex');
  process.env.WORKBOOK_DOCTOR_SECRET = secret;
  const { text, isTooSlow } = await runProbe('return { ...process.env };', keys, oob);
  delete process.env.WORKBOOK_DOCTOR_SECRET;
  if (isTooSlow) return tooSlow('Environment', 'the learner’s code');
  const names = Object.keys(JSON.parse(text) as Record<string, string>);
  return holds(
    'Environment',
    names.length > 0 && !text.includes(secret),
    `a secret was set here before a target was started; the learner’s code in it sees ${names.sort().join(', ')}.`,
  );
}

export async function checkMemory(keys: RunKeys, oob: OutOfBandListener): Promise<Finding> {
  const fill = 'for (const kept: unknown[] = []; ; ) kept.push(Buffer.alloc(2 ** 26, 1));';
  const { lost, seconds, isTooSlow } = await runProbe(fill, keys, oob);
  if (isTooSlow) return tooSlow('Memory', 'the process that fills it');
  return holds(
    'Memory',
    /memory/.test(lost ?? ''),
    `a learner’s file filled it without end; after ${seconds} s: ${lost ?? 'nothing happened'}`,
  );
}

export async function checkLoop(keys: RunKeys, oob: OutOfBandListener): Promise<Finding> {
  const { lost, seconds, isTooSlow } = await runProbe('for (;;) Math.random();', keys, oob);
  if (isTooSlow) return tooSlow('Endless loop', 'the process that runs it');
  return holds(
    'Endless loop',
    lost !== undefined,
    `a learner’s file ran one; after ${seconds} s: ${lost ?? 'it was still running'}`,
  );
}
