/**
 * `npm run doctor`: shows that the workbook is set up and contained, by trying. A line for each check;
 * exit code 0 if there is no PROBLEM.
 */
import {
  checkLoop,
  checkMemory,
  checkOutbound,
  checkSecrets,
  checkShell,
} from './doctor/containment.ts';
import { holds, note, tooSlow, TooSlow, type Finding } from './doctor/finding.ts';
import { checkGatekeeper, checkGuard, checkLoopback, whilePageIsServed } from './doctor/reach.ts';
import { checkSetUp } from './doctor/set-up.ts';
import { TargetSession } from '../lab/target-session.ts';
import { OutOfBandListener } from '../lab/out-of-band.ts';
import { makeRunKeys } from '../lab/run-keys.ts';
import { TargetProcess } from '../lab/target-process.ts';

const started = performance.now();
const found: Finding[] = [];
const print = (...findings: Finding[]): void => {
  found.push(...findings);
  for (const { state, about, seen } of findings) {
    console.log(`${state.padEnd(7)}  ${about.padEnd(20)}  ${seen}`);
  }
};
/** A check that cannot be made has found something, too. */
const made = async (about: string, check: Promise<Finding>): Promise<Finding> =>
  check.catch((error: unknown) =>
    error instanceof TooSlow
      ? tooSlow(about, error.message)
      : holds(about, false, `could not be tried: ${String(error)}`),
  );

print(...(await checkSetUp()));

const keys = await makeRunKeys();
const oob = await OutOfBandListener.open();
const target = await TargetProcess.start(keys);
try {
  const baseline = await TargetSession.open(target, { kind: 'baseline' }, keys, oob);
  const oobPort = Number(new URL(baseline.outOfBand.url).port);
  // Beside the others, because ending what does not end takes its time.
  const probes = probeLearnersCode();
  print(
    await made(
      'Page',
      whilePageIsServed(async (port) => {
        const all = { 'the page': port, 'a target': target.port, 'the listener': oobPort };
        print(await made('Loopback only', checkLoopback(all)));
        print(await made('Gatekeeper of /lab', checkGatekeeper(port)));
        return holds('Page', true, 'npm start served it, and stopped when told to.');
      }),
    ),
  );
  print(
    await made('Guard of the targets', checkGuard(target.port, target.guardToken, baseline.id)),
  );
  print(await made('Shell and files', checkShell(baseline)));
  print(await made('Nothing goes out', checkOutbound(baseline, oob)));
  print(...(await probes));
  print(
    note(
      'No sandbox',
      'what you write in exercises/ runs with your rights: it can read your files and use your network. See SECURITY.md.',
    ),
  );
} finally {
  await target.stop();
  oob.close();
}

async function probeLearnersCode(): Promise<Finding[]> {
  return [
    await made('Environment', checkSecrets(keys, oob)),
    await made('Memory', checkMemory(keys, oob)),
    await made('Endless loop', checkLoop(keys, oob)),
  ];
}

const problems = found.filter(({ state }) => state === 'PROBLEM').length;
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`\n${problems === 0 ? 'No problem' : `Problems: ${problems}`} (${seconds} s)`);
process.exit(problems === 0 ? 0 : 1);
