/**
 * `npm run report`: the learner's result as one page, and if wanted a signed record of it. Exit code:
 * 0 if it was written, whatever it says, or if a record is genuine; 1 if not; 2 if the command was not
 * understood.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { selectTopics } from '../catalogue/curriculum.ts';
import { visibleLine } from '../shared/visible-text.ts';
import { fingerprint } from '../grader/grading/fingerprint.ts';
import {
  readGradeResult,
  ResultProblem,
  type GradeResult,
} from '../grader/grading/grade-result.ts';
import { gradeWithVitest } from '../grader/grading/grade-with-vitest.ts';
import { printSummary } from '../grader/grading/print-grade.ts';
import { RecordProblem, signRecord, verifyRecord } from '../grader/report/completion-record.ts';
import {
  KeyProblem,
  makeKeys,
  readPrivateKey,
  readPublicKey,
  requireOutside,
} from '../grader/report/signing-keys.ts';
import { writeReport } from '../grader/report/write-report.ts';
import { readCommandLine } from '../shared/command-line.ts';
import { projectFolder } from '../shared/project-path.ts';
import { writeFile } from '../shared/write-file.ts';

const USAGE = `Usage: npm run report -- [topic …] [options]
  topic              a number or a name: 10, rate-limits, 10-rate-limits; none means all
  --from FILE        take the result from a file that npm run grade -- --json wrote
  --name NAME        whose work it is
  --out FILE         the page; else .workbook/report.html
  --sign KEYFILE     write a signed record as well (a private JWK or PEM; - reads it from the input)

Or: npm run report -- --verify FILE --key PUBLICKEY
  says whether a signed record is genuine, and what is in it
Or: npm run report -- --make-keys FOLDER
  makes a pair of keys in a new folder`;

const readOptions = () =>
  readCommandLine(
    USAGE,
    {
      from: { type: 'string' },
      name: { type: 'string' },
      out: { type: 'string', default: '.workbook/report.html' },
      sign: { type: 'string' },
      verify: { type: 'string' },
      key: { type: 'string' },
      'make-keys': { type: 'string' },
    },
    (values, words) => {
      if (values.from && words.length > 0) {
        throw new Error('--from takes the topics that are in the file.');
      }
      if (values.sign && !values.name?.trim()) {
        throw new Error('--sign needs --name: a record says whose work it is.');
      }
      if (Boolean(values.verify) !== Boolean(values.key)) {
        throw new Error('--verify FILE and --key PUBLICKEY go together.');
      }
      return { ...values, topics: selectTopics(words) };
    },
  );

type CommandLine = ReturnType<typeof readOptions>;

async function report({ topics, from, name, out, sign }: CommandLine): Promise<void> {
  // Before grading, which takes minutes.
  const key = sign ? await readPrivateKey(await readKeyText(sign)) : undefined;
  const result = from ? readGradeResult(readText(from)) : await grade(topics);
  const record = key && name ? await signRecord(result, name.trim(), key) : undefined;
  writeFile(out, writeReport(result, { name: name?.trim(), record }));
  console.log(`The report: ${out}`);
  if (!record) return;
  const { dir, name: base } = path.parse(out);
  const recordFile = path.join(dir, `${base}.jws`);
  writeFile(recordFile, `${record}\n`);
  console.log(`The signed record: ${recordFile}`);
}

async function grade(topics: CommandLine['topics']): Promise<GradeResult> {
  console.log('Grading…');
  const result = await gradeWithVitest(
    { topics, target: 'student', withStretch: false },
    ({ slug, passed, checks }) => console.log(`  ${slug}: ${passed} of ${checks.length}`),
  );
  printSummary(result);
  return result;
}

async function verify(file: string, keyFile: string): Promise<void> {
  const key = await readPublicKey(readText(keyFile));
  const record = await verifyRecord(readText(file), key);
  const { name, topics, fingerprints, versions, target, problems } = record;
  const isSame = fingerprints.grader === fingerprint(projectFolder).grader;
  const lines: [string, string][] = [
    ['Genuine', 'not changed since it was signed with this key'],
    ['Who', visibleLine(name)],
    ['What', target === 'reference' ? 'the reference, not exercises' : 'the exercises'],
    ['Graded', record.gradedAt],
    ['Signed', record.signedAt],
    ['Checks', `${record.passed} of ${record.passed + record.failed} passed`],
    ['Points', `${record.earned} of ${record.points}`],
    ['Workbook', visibleLine(`${versions.workbook}, on Node ${versions.node}`)],
    [
      'Grader',
      isSame ? 'the same as in this workbook' : 'not that of this workbook: other files decided',
    ],
    ['Files', visibleLine(fingerprints.exercises)],
    ...problems.map((problem): [string, string] => ['Problem', visibleLine(problem)]),
  ];
  for (const [label, value] of lines) console.log(`${label.padEnd(10)}${value}`);
  console.log('');
  for (const { slug, passed, open, earned, points } of topics) {
    const count = `${passed} of ${passed + open.length}`.padStart(8);
    console.log(`${count}  ${visibleLine(slug)}, ${earned} of ${points} points`);
  }
}

async function writeKeys(folder: string): Promise<void> {
  const { privateFile, publicFile } = await makeKeys(folder);
  console.log(`Private, signs; for nobody but you: ${privateFile}`);
  console.log(`Public, checks; for everybody:      ${publicFile}`);
}

async function readKeyText(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  requireOutside(file);
  return readText(file);
}

const readText = (file: string): string => readFileSync(file, 'utf8');

/** What a person can do something about, in a sentence; undefined: a defect of the workbook. */
function explain(error: unknown): string | undefined {
  const problems = [KeyProblem, RecordProblem, ResultProblem];
  if (problems.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, path: file } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') return `${file} is there already, and stays as it is.`;
  return file ? `${file} cannot be read or written (${code}).` : undefined;
}

const commandLine = readOptions();
try {
  const { verify: recordFile, key, 'make-keys': keysFolder } = commandLine;
  if (keysFolder) await writeKeys(keysFolder);
  else if (recordFile && key) await verify(recordFile, key);
  else await report(commandLine);
  process.exit(0);
} catch (error) {
  const explanation = explain(error);
  if (explanation === undefined) throw error;
  console.error(explanation);
  process.exit(1);
}
