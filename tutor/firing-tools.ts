/** Tools that try the learner's server: fire, grade, and say why a check failed. */
import { z } from 'zod';
import type { Topic } from '../catalogue/curriculum.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { checkedTargets, checksOf } from '../grader/checks/checks-of-topic.ts';
import { explanationText } from '../grader/explanation.ts';
import { gradeTopics } from '../grader/grading/grading.ts';
import type { GradeRequest } from '../grader/grading/plan-checks.ts';
import { pinsIn } from '../grader/progress/pins.ts';
import type { Attack } from '../lab/attack.ts';
import type { Exchange } from '../lab/protocol.ts';
import { TargetProblem } from '../lab/target-process.ts';
import { visibleText } from '../shared/visible-text.ts';
import { TutorError, untrusted } from './results.ts';
import {
  defineTool,
  idInput,
  KEEPS_PROGRESS,
  LOOKS_ONLY,
  topicInput,
  topicOf,
  type TutorMeans,
} from './tutor-tool.ts';

const LONGEST_VARIANT = 200;
/** Of a payload as JSON text: the lab takes no more in a request either. */
const LONGEST_PAYLOAD = 64 * 1024;
const MOST_EXCHANGES = 6;
/** Names a file, and may quote from it. */
const LONGEST_PROBLEM = 500;

export const firingTools = [
  defineTool({
    name: 'fire_attack',
    title: 'Fire an attack',
    description: "Fires one attack at the learner's server, on this machine and in memory.",
    annotations: LOOKS_ONLY,
    input: z.strictObject({
      topic: topicInput,
      attack: idInput,
      variant: z.string().min(1).max(LONGEST_VARIANT).optional(),
      payload: z.string().max(LONGEST_PAYLOAD).optional().describe('JSON, instead of a variant'),
    }),
    async run({ topic: word, attack: id, variant, payload }, means, signal) {
      const { slug } = topicOf(word);
      const { attacks } = await loadCatalogue(slug);
      const attack = attacks.find((one) => one.id === id);
      if (!attack) throw new TutorError('NOT_FOUND', 'This topic has no such attack.');
      const [name, sent] = payloadOf(attack, variant, payload);
      const report = await asked(
        means.withLab(
          (pool) =>
            pool.run((lab) => lab.fire({ kind: 'student', topic: slug }, attack, name, sent)),
          signal,
        ),
      );
      return {
        attack: id,
        variant: name,
        verdict: report.verdict,
        summary: untrusted(report.summary),
        breaches: report.breaches.map(untrusted),
        complaints: report.complaints.map(untrusted),
        ordinaryUseFailed: report.controlProblems.map(untrusted),
        faultsInFiles: report.faults.map(untrusted),
        secureAnswer: attack.secureAnswer,
        exchanges: report.exchanges.slice(0, MOST_EXCHANGES).map(describe),
        more: Math.max(0, report.exchanges.length - MOST_EXCHANGES),
      };
    },
  }),

  defineTool({
    name: 'grade_topic',
    title: 'Grade a topic',
    description: 'Runs the checks of a topic, as npm run grade does. Takes up to a minute or more.',
    annotations: KEEPS_PROGRESS,
    input: z.strictObject({ topic: topicInput }),
    async run({ topic: word }, means, signal) {
      const topic = topicOf(word);
      const request: GradeRequest = { topics: [topic], target: 'student', withStretch: false };
      const graded = await means.withLab((pool) => gradeTopics(request, pool, { signal }), signal);
      const [own] = graded?.topics ?? [];
      if (!graded || !own) throw new TutorError('INTERNAL', 'The grade was stopped.');
      return {
        topic: topic.slug,
        passed: own.passed,
        all: own.checks.length,
        checks: own.checks.map(({ id, kind, title, state }) => ({ check: id, kind, title, state })),
        problems: graded.problems.map(untrusted),
      };
    },
  }),

  defineTool({
    name: 'explain_failure',
    title: 'Explain a failure',
    description:
      'Runs one check again and says what was sent, what came back, and what was expected.',
    annotations: LOOKS_ONLY,
    input: z.strictObject({ topic: topicInput, check: idInput }),
    async run({ topic: word, check: id }, means, signal) {
      const topic = topicOf(word);
      const check = (await checksFor(topic, means)).find((one) => one.id === id);
      if (!check) throw new TutorError('NOT_FOUND', 'This topic has no such check.');
      const outcome = await means.withLab((pool) => pool.run((lab) => check.run(lab)), signal);
      if (outcome.passed) return { check: id, passed: true };
      const text = explanationText(outcome.explanation);
      return { check: id, passed: false, explanation: untrusted(text) };
    },
  }),
];

const checksFor = ({ slug }: Topic, { journal }: TutorMeans) =>
  checksOf(slug, checkedTargets(slug, 'student'), { pins: pinsIn(journal.read())[slug] });

/** Name and payload of what is fired; a payload of one's own has the name of none. */
function payloadOf(
  attack: Attack,
  variant: string | undefined,
  payload: string | undefined,
): [name: string, payload: unknown] {
  if (payload !== undefined) {
    const parsed = attack.payload.safeParse(fromJson(payload));
    if (parsed.success) return ['a payload of your own', parsed.data];
    const [issue] = parsed.error.issues;
    const member = issue?.path.map(String).join('.') || 'the payload';
    throw new TutorError('INVALID_INPUT', `Not acceptable: ${member}.`);
  }
  const [first = ''] = Object.keys(attack.variants);
  const name = variant ?? first;
  if (!Object.hasOwn(attack.variants, name)) {
    throw new TutorError('NOT_FOUND', 'This attack has no such variant.');
  }
  return [name, attack.variants[name]];
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TutorError('INVALID_INPUT', 'The payload is not JSON.');
  }
}

/** What keeps the learner's server from answering is said: it names the file. */
async function asked<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TargetProblem) {
      throw new TutorError('INVALID_INPUT', visibleText(error.message, LONGEST_PROBLEM));
    }
    throw error;
  }
}

const describe = ({ role, label, request, response }: Exchange) => ({
  role,
  label,
  sent: untrusted(
    [`${request.method} ${request.path}`, ...lines(request.headers), '', request.body].join('\n'),
  ),
  got: untrusted(
    [
      response.failure ?? `HTTP ${response.status}`,
      ...lines(response.headers),
      '',
      response.body,
    ].join('\n'),
  ),
});

const lines = (headers: Record<string, string>): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
