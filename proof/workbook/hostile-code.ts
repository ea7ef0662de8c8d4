/** Files that misbehave, made for any topic from the names of its controls. */
import { curriculum, type Topic } from '../../catalogue/curriculum.ts';

export interface Fault {
  name: string;
  /** What the learner is told, besides the name of the file. */
  told: RegExp;
  /** `nothing`, a new process, or also a wait until code that never ends is given up. */
  costs: 'nothing' | 'process' | 'wait';
  /** The file; undefined if there is to be none. */
  source: (topic: Topic) => string | undefined;
}

const controlsOf = (topic: Topic): string[] => Object.keys(topic.controls);
/** The control that misbehaves; the reference stands in for the others. */
const firstOf = (topic: Topic): string => controlsOf(topic)[0] ?? '';

/** A file whose control is the reference's, and first does `body` (on line 3) whenever it is asked. */
const whenCalled =
  (body: string) =>
  (topic: Topic): string => {
    const name = firstOf(topic);
    const file = (topic.controls as Record<string, string>)[name];
    return `import { ${name} as reference } from '../../../solutions/${topic.slug}/${file}';
const fault = (): any => {
  ${body}
};
const before = (call: any) => (...args: any[]) => fault() ?? call(...args);
const inParts = (made: any) =>
  typeof made === 'function'
    ? (request: any, response: any, next: any) => fault() ?? made(request, response, next)
    : Object.fromEntries(Object.keys(made).map((key) => [key, before(made[key].bind(made))]));
export const ${name}: any = ${wrapping(name)};
`;
  };

function wrapping(name: string): string {
  if (name.endsWith('Schema'))
    return '(reference as any).transform((value: any) => fault() ?? value)';
  if (name.startsWith('create')) return '(...args: any[]) => inParts((reference as any)(...args))';
  return 'before(reference)';
}

const exporting =
  (value: string, before = '') =>
  (topic: Topic): string =>
    `${before}\n${controlsOf(topic)
      .map((name) => `export const ${name}: any = ${value};`)
      .join('\n')}\n`;

/** Every kind of fault, those that cost nothing first. */
const faults: Fault[] = [
  {
    name: 'missing-file',
    told: /is missing/,
    costs: 'nothing',
    source: () => undefined,
  },
  {
    name: 'syntax-error',
    told: /syntax-error\.ts:2: .*syntax error/,
    costs: 'nothing',
    source: (topic) => `export const a = 1;\nexport const ${firstOf(topic)} = (;\n`,
  },
  {
    name: 'missing-export',
    told: /does not export .* It exports somethingElse/,
    costs: 'nothing',
    source: () => 'export const somethingElse = () => 1;\n',
  },
  {
    name: 'default-export',
    told: /a named one is needed/,
    costs: 'nothing',
    source: () => 'export default () => 1;\n',
  },
  {
    name: 'wrong-kind-of-value',
    told: /wrong-kind-of-value\.ts:2/,
    costs: 'nothing',
    source: exporting("'yes'"),
  },
  {
    name: 'wrong-return-type',
    told: /wrong-return-type\.ts:\d+.* is expected/,
    costs: 'nothing',
    source: exporting('() => true'),
  },
  {
    name: 'missing-import',
    told: /nowhere/,
    costs: 'nothing',
    source: exporting('() => true', "import './nowhere.ts';"),
  },
  {
    name: 'throw-at-import',
    told: /throw-at-import\.ts:1: Error: too early/,
    costs: 'nothing',
    source: exporting('() => true', "throw new Error('too early');"),
  },
  {
    name: 'throw-when-called',
    told: /throw-when-called\.ts:3/,
    costs: 'nothing',
    source: whenCalled("throw new TypeError('not like this');"),
  },
  {
    name: 'globals-changed-at-import',
    told: /globals-changed-at-import\.ts:1: TypeError: Cannot assign .*'parse'.* it is locked/,
    costs: 'nothing',
    source: exporting(
      '() => true',
      'globalThis.fetch = JSON.stringify = Date.parse = () => 0 as any; (Object.prototype as any).extra = 1;',
    ),
  },
  {
    name: 'globals-changed-when-called',
    told: /globals-changed-when-called\.ts:3.*Cannot assign|Cannot assign.*globals-changed-when-called\.ts:3/s,
    costs: 'nothing',
    source: whenCalled('Date.parse = () => 0;'),
  },
  {
    name: 'every-object-changed-at-import',
    told: /changes Object\.prototype\.extra/,
    costs: 'nothing',
    source: exporting('() => true', '(Object.prototype as any).extra = 1;'),
  },
  {
    name: 'every-object-changed-when-called',
    told: /Object\.prototype\.extra changed while requests were answered/,
    costs: 'nothing',
    source: whenCalled('(Object.prototype as any).extra = () => 1;'),
  },
  {
    name: 'port-opened-at-import',
    told: /port-opened-at-import\.ts:1: TypeError: An exercise opens no port/,
    costs: 'nothing',
    source: exporting(
      '() => true',
      "import { createServer } from 'node:net'; createServer().listen(0);",
    ),
  },
  {
    name: 'port-opened-when-called',
    told: /port-opened-when-called\.ts:3/,
    costs: 'nothing',
    source: whenCalled("process.getBuiltinModule('node:net').createServer().listen(0);"),
  },
  {
    name: 'flood-of-output',
    told: /More was printed than anybody can read/,
    costs: 'process',
    source: whenCalled(
      "if (!Reflect.get(fault, 'done')) for (let n = 0; n < 100_000; n++) console.log('x'.repeat(1000)); Reflect.set(fault, 'done', true);",
    ),
  },
  {
    name: 'late-rejection',
    told: /late-rejection\.ts:3: an error nobody caught ended the process: Error: too late/,
    costs: 'process',
    source: whenCalled("setTimeout(() => void Promise.reject(new Error('too late')), 20);"),
  },
  {
    name: 'exit-at-import',
    told: /exit-at-import\.ts:1: the code ended the process with process\.exit\(0\)/,
    costs: 'process',
    source: exporting('() => true', 'process.exit(0);'),
  },
  {
    name: 'exit-when-called',
    told: /exit-when-called\.ts:3: the code ended the process with process\.exit\(0\)/,
    costs: 'process',
    source: whenCalled('process.exit(0);'),
  },
  {
    name: 'exit-by-the-back-door',
    told: /process ended/,
    costs: 'process',
    source: whenCalled('(process as any).reallyExit(0);'),
  },
  {
    name: 'kill-when-called',
    told: /kill-when-called\.ts:3: the code ended the process with process\.kill/,
    costs: 'process',
    source: whenCalled("process.kill(process.pid, 'SIGKILL');"),
  },
  {
    name: 'nonsense-to-the-lab',
    told: /was written to the lab that it cannot read/,
    costs: 'process',
    source: whenCalled("process.getBuiltinModule('node:fs').writeSync(5, '{}\\n');"),
  },
  {
    name: 'nonsense-for-last-words',
    told: /was written to the lab that it cannot read/,
    costs: 'process',
    source: whenCalled(
      'process.getBuiltinModule(\'node:fs\').writeSync(4, \'{"kind":"growing","where":{}}\\n\');',
    ),
  },
  {
    name: 'last-words-without-end',
    told: /was written to the lab that it cannot read.*no end/,
    costs: 'process',
    source: whenCalled(
      "for (;;) process.getBuiltinModule('node:fs').writeSync(4, 'x'.repeat(65_536));",
    ),
  },
  {
    name: 'message-over-a-channel',
    told: /process\.send|was written to the lab|Cannot read/,
    costs: 'nothing',
    source: whenCalled('process.send!({ id: 1 });'),
  },
  {
    name: 'gigabyte-in-buffers',
    told: /memory.* was ended/,
    costs: 'process',
    source: whenCalled(
      '(globalThis as any).kept = Array.from({ length: 16 }, () => Buffer.alloc(2 ** 26, 1)); return new Promise(() => {});',
    ),
  },
  {
    name: 'gigabyte-in-objects',
    told: /memory.* was ended/,
    costs: 'process',
    source: whenCalled('const kept: unknown[] = []; for (;;) kept.push(new Array(1e5).fill(1));'),
  },
  {
    name: 'promise-that-never-settles',
    told: /has not settled|neither answered nor called next|no answer|Promise/,
    costs: 'wait',
    source: whenCalled('return new Promise(() => {});'),
  },
  {
    name: 'endless-loop-at-import',
    told: /was stopped/,
    costs: 'wait',
    source: exporting('() => true', 'for (let n = 0; ; n++) n.toString();'),
  },
  {
    name: 'endless-loop-when-called',
    told: /was stopped/,
    costs: 'wait',
    source: whenCalled('for (let n = 0; ; n++) n.toString();'),
  },
  {
    name: 'catastrophic-pattern',
    told: /was stopped/,
    costs: 'wait',
    source: whenCalled("/^(a+)+$/.test('a'.repeat(40) + '!');"),
  },
];

/**
 * The faults that `npm test` tries on a topic: all that cost nothing, and one of the others, another
 * one for each topic, so that every fault meets a topic. The whole matrix tries all on all.
 */
export function faultsToTry(topic: Topic, wholeMatrix: boolean): Fault[] {
  const shift = curriculum.indexOf(topic);
  const costly = faults.filter(({ costs }) => costs !== 'nothing');
  return faults.filter(
    (fault) =>
      wholeMatrix ||
      fault.costs === 'nothing' ||
      costly.indexOf(fault) % curriculum.length === shift,
  );
}
