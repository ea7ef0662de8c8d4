/** What the lab answers under /lab. The contract is in `lab-api.ts`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { LAST_SECOND, MOST_BURSTS, MOST_CALLS } from '../../grader/burst/burst.ts';
import { fireBursts } from '../../grader/burst/fire-bursts.ts';
import { auditedTopics, curriculum, filesOf } from '../../grader/curriculum.ts';
import {
  byteMembers,
  LONGEST_TEXT,
  MOST_OPERATIONS,
  owners,
} from '../../grader/envelope/envelope.ts';
import { runBench } from '../../grader/envelope/run-bench.ts';
import { encryptUnderSameIv } from '../../grader/envelope/same-iv-twice.ts';
import { flowSteps, sabotages } from '../../grader/flow/steps.ts';
import { IncidentArchive } from '../../grader/forensics/incident-archive.ts';
import type { loadWholeCatalogue } from '../../grader/load-catalogue.ts';
import { PinProblem, pinPayload, pinsIn } from '../../grader/progress/pins.ts';
import { progressEvent, type ProgressEvent } from '../../grader/progress/progress.ts';
import type { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { PayloadProblem, readPayload } from '../../grader/read-payload.ts';
import { auditItemIds, writeAuditReport, type AuditItem } from '../../grader/security-audit.ts';
import { TargetProblem } from '../../grader/targets/target-process.ts';
import type {
  AuditEvent,
  BurstEvent,
  Catalogue,
  EnvelopeEvent,
  FireEvent,
  FlowDescription,
  FlowEvent,
  ForensicsEvent,
  LabEvent,
  Marks,
  TargetName,
} from '../lab-api.ts';
import type { LabTargets } from './lab-targets.ts';

const MOST_BODY_BYTES = 64 * 1024;
const STILL_HERE_EVERY_MS = 15_000;

/** Answered with its status and its message, a sentence for people. */
class RouteError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const targets = z
  .array(z.enum(['baseline', 'yours', 'reference']))
  .min(1)
  .max(3);
const fireRequest = z.object({
  attackId: z.string(),
  variant: z.string(),
  payload: z.string().optional(),
  targets,
});
const flowRequest = z.object({ sabotages: z.array(z.string()).max(50), targets });
const auditRequest = z.object({ target: z.enum(['baseline', 'yours', 'reference']) });
const burstRequest = z.object({
  bursts: z
    .array(
      z.object({
        atSecond: z.number().min(0).max(LAST_SECOND),
        calls: z.int().min(0).max(MOST_CALLS),
      }),
    )
    .max(MOST_BURSTS)
    .refine(
      (bursts) => bursts.reduce((sum, { calls }) => sum + calls, 0) <= MOST_CALLS,
      `A firing has at most ${MOST_CALLS} calls.`,
    ),
  targets,
});
const benchText = z.string().max(LONGEST_TEXT);
const benchTexts = z.object({ alice: benchText, bob: benchText });
const record = z.enum(owners);
const envelopeRequest = z.object({
  texts: benchTexts,
  operations: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('flip'),
          record,
          member: z.enum(byteMembers),
          index: z.int().min(0).max(10_000),
        }),
        z.object({
          kind: z.literal('swap'),
          what: z.enum(['record', 'dek', 'ciphertext', 'label']),
        }),
        z.object({
          kind: z.literal('cut'),
          record,
          member: z.enum(['tag', 'dekTag']),
          bytes: z.int().min(0).max(64),
        }),
        z.object({ kind: z.literal('rewrap') }),
        z.object({ kind: z.literal('drop-v1') }),
      ]),
    )
    .max(MOST_OPERATIONS, `At most ${MOST_OPERATIONS} changes at a time.`),
  targets,
});
const forensicsRequest = z.object({ targets });
const forensicsAnswer = z.object({
  incident: z.string().max(60),
  question: z.string().max(60),
  answer: z.string().max(200),
});
const pinRequest = z.object({
  attackId: z.string(),
  name: z.string().optional(),
  payload: z.string(),
});
const unpinRequest = z.object({ attackId: z.string(), name: z.string() });
const marks = z.record(
  z.string(),
  z.object({
    read: z.boolean().optional(),
    verdicts: z.record(z.string(), z.enum(['breached', 'blocked', 'inconclusive'])).optional(),
  }),
);
const useRequest = z.object({ useId: z.string(), targets });

const targetInWords: Record<TargetName, string> = {
  baseline: 'the baseline',
  yours: 'yours, all exercises together',
  reference: 'the reference',
};

export interface LabServices {
  catalogue: Awaited<ReturnType<typeof loadWholeCatalogue>>;
  targets: LabTargets;
  progress: ProgressJournal;
}

export interface LabRoutes {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Tells every open page. */
  announce(event: LabEvent): void;
}

export function createLabRoutes(lab: LabServices): LabRoutes {
  const incidents = new IncidentArchive();
  const listeners = new Set<(event: LabEvent) => void>();

  function findAttack(id: string) {
    const found = lab.catalogue.attacks.get(id);
    if (!found) throw new RouteError(404, `There is no attack “${id}”.`);
    return found;
  }

  const routes: Record<
    string,
    (request: IncomingMessage, response: ServerResponse) => Promise<void> | void
  > = {
    'GET /catalogue': (_request, response) => sendJson(response, 200, describe(lab.catalogue)),

    async 'POST /fire'(request, response) {
      const asked = parse(fireRequest, await readJson(request));
      const { topic, attack } = findAttack(asked.attackId);
      if (!Object.hasOwn(attack.variants, asked.variant)) {
        throw new RouteError(404, `The attack has no variant “${asked.variant}”.`);
      }
      const payload =
        asked.payload === undefined
          ? attack.variants[asked.variant]
          : readPayload(attack, asked.payload);
      await streamTargets(response, asked.targets, async (target) => {
        const started = performance.now();
        const report = await lab.targets.fire(target, topic.slug, attack, asked.variant, payload);
        return { type: 'report', target, report, milliseconds: since(started) };
      });
    },

    async 'POST /use'(request, response) {
      const asked = parse(useRequest, await readJson(request));
      const found = lab.catalogue.uses.get(asked.useId);
      if (!found) throw new RouteError(404, `There is no ordinary use “${asked.useId}”.`);
      await streamTargets(response, asked.targets, async (target) => {
        const started = performance.now();
        const report = await lab.targets.try(target, found.topic.slug, found.use);
        return { type: 'use-report', target, report, milliseconds: since(started) };
      });
    },

    'GET /flow': (_request, response) =>
      sendJson(response, 200, {
        steps: [...flowSteps],
        sabotages: [...sabotages],
      } satisfies FlowDescription),

    async 'POST /flow'(request, response) {
      const asked = parse(flowRequest, await readJson(request));
      await streamTargets<FlowEvent>(response, asked.targets, async (target) => {
        const started = performance.now();
        const walk = await lab.targets.walk(target, asked.sabotages);
        return { type: 'walk', target, walk, milliseconds: since(started) };
      });
    },

    async 'POST /audit'(request, response) {
      const { target } = parse(auditRequest, await readJson(request));
      const ids = await Promise.all(auditedTopics.map(async ({ slug }) => auditItemIds(slug)));
      const send: (event: AuditEvent) => void = openStream(response);
      send({ type: 'plan', items: ids.flat().length });
      const items: AuditItem[] = [];
      for (const { slug } of auditedTopics) {
        for await (const item of lab.targets.audit(target, slug)) {
          if (response.closed) return;
          items.push(item);
          send({ type: 'item', item });
        }
      }
      send({ type: 'done', report: writeAuditReport(items, targetInWords[target], new Date()) });
      response.end();
    },

    async 'POST /burst'(request, response) {
      const { bursts, targets } = parse(burstRequest, await readJson(request));
      await streamTargets<BurstEvent>(response, targets, async (target) => {
        const started = performance.now();
        const study = await lab.targets.study(target, '10-rate-limits', (session) =>
          fireBursts(session, bursts),
        );
        return { type: 'study', target, study, milliseconds: since(started) };
      });
    },

    async 'POST /envelope'(request, response) {
      const { texts, operations, targets } = parse(envelopeRequest, await readJson(request));
      await streamTargets<EnvelopeEvent>(response, targets, async (target) => {
        const started = performance.now();
        const study = await lab.targets.study(target, '07-credentials', (session) =>
          runBench(session, texts, operations),
        );
        return { type: 'study', target, study, milliseconds: since(started) };
      });
    },

    async 'POST /same-iv'(request, response) {
      const { texts } = parse(z.object({ texts: benchTexts }), await readJson(request));
      sendJson(response, 200, encryptUnderSameIv(texts));
    },

    async 'POST /forensics'(request, response) {
      const { targets } = parse(forensicsRequest, await readJson(request));
      await streamTargets<ForensicsEvent>(response, targets, async (target) => {
        const started = performance.now();
        const study = await lab.targets.studyAlone(target, '12-audit-log', (session) =>
          incidents.happen(session),
        );
        return { type: 'study', target, study, milliseconds: since(started) };
      });
    },

    async 'POST /forensics/answer'(request, response) {
      const { incident, question, answer } = parse(forensicsAnswer, await readJson(request));
      const verdict = incidents.check(incident, question, answer);
      if (!verdict) {
        throw new RouteError(404, 'The lab has forgotten this incident. Let another one happen.');
      }
      sendJson(response, 200, verdict);
    },

    'GET /events'(_request, response) {
      const send = openStream(response);
      send({ type: 'hello' } satisfies LabEvent);
      const listener = (event: LabEvent): void => send(event);
      listeners.add(listener);
      const beat = setInterval(() => send({ type: 'still-here' }), STILL_HERE_EVERY_MS);
      response.on('close', () => {
        listeners.delete(listener);
        clearInterval(beat);
      });
    },

    'GET /progress': (_request, response) => sendJson(response, 200, lab.progress.read()),

    async 'POST /progress'(request, response) {
      lab.progress.append(eventsOf(parse(marks, await readJson(request))));
      response.writeHead(204).end();
    },

    async 'POST /pin'(request, response) {
      const { attackId, name, payload } = parse(pinRequest, await readJson(request));
      const { topic, attack } = findAttack(attackId);
      pinPayload(lab.progress, topic.slug, attack, { name, payload });
      response.writeHead(204).end();
    },

    async 'POST /unpin'(request, response) {
      const { attackId, name } = parse(unpinRequest, await readJson(request));
      const { slug } = findAttack(attackId).topic;
      const isIt = (pin: { attack: string; name: string }): boolean =>
        pin.attack === attackId && pin.name === name;
      if (!pinsIn(lab.progress.read())[slug]?.some(isIt)) {
        throw new RouteError(404, `This attack has no pin “${name}” any more.`);
      }
      lab.progress.append([{ type: 'unpinned', topic: slug, attack: attackId, name }]);
      response.writeHead(204).end();
    },
  };

  return {
    async answer(request, response) {
      const path = (request.url ?? '').split('?')[0];
      try {
        const route = routes[`${request.method} ${path}`];
        if (!route) throw new RouteError(404, 'The lab has nothing here.');
        await route(request, response);
      } catch (error) {
        const isRefusal = error instanceof PayloadProblem || error instanceof PinProblem;
        if (!isRefusal && !(error instanceof RouteError)) throw error;
        sendJson(response, isRefusal ? 400 : error.status, { error: error.message });
      }
    },
    announce(event) {
      for (const listener of listeners) listener(event);
    },
  };
}

/** Asks all targets at the same time and sends each answer as it comes. */
async function streamTargets<Event extends { type: string } = FireEvent>(
  response: ServerResponse,
  names: TargetName[],
  ask: (target: TargetName) => Promise<Event>,
): Promise<void> {
  const send = openStream(response);
  await Promise.all(
    [...new Set(names)].map(async (target) => {
      try {
        send(await ask(target));
      } catch (error) {
        const isKnown = error instanceof TargetProblem;
        if (!isKnown) console.error(error);
        const message = isKnown ? error.message : 'The lab itself failed; the terminal says more.';
        send({ type: 'broken', target, message } satisfies FireEvent);
      }
    }),
  );
  send({ type: 'done' } satisfies FireEvent);
  response.end();
}

/** Marks of the page as events of the journal. */
function eventsOf(marked: Record<string, Marks>): ProgressEvent[] {
  const events = Object.entries(marked).flatMap(([topic, { read, verdicts = {} }]) => [
    ...(read ? [{ type: 'read', topic }] : []),
    ...Object.entries(verdicts).map(([attack, verdict]) => ({
      type: 'verdict',
      topic,
      attack,
      verdict,
    })),
  ]);
  return parse(z.array(progressEvent), events);
}

function describe({ byTopic }: LabServices['catalogue']): Catalogue {
  return {
    topics: curriculum.map((topic) => {
      const { attacks = [], uses = [] } = byTopic.get(topic.slug) ?? {};
      return {
        slug: topic.slug,
        number: topic.slug.slice(0, 2),
        title: topic.title,
        summary: topic.summary,
        stubs: filesOf(topic).map((file) => `exercises/${topic.slug}/${file}`),
        attacks: attacks.map((attack) => ({
          id: attack.id,
          title: attack.title,
          level: attack.level,
          story: attack.story,
          secureAnswer: attack.secureAnswer,
          lessonAnchor: attack.lessonAnchor,
          references: attack.references,
          variants: Object.fromEntries(
            Object.entries(attack.variants).map(([name, payload]) => [
              name,
              JSON.stringify(payload, null, 2),
            ]),
          ),
        })),
        uses: uses.map(({ id, title, why, worksOnBaseline, lessonAnchor, references }) => ({
          id,
          title,
          why,
          worksOnBaseline,
          lessonAnchor,
          references,
        })),
      };
    }),
  };
}

function openStream(response: ServerResponse): (line: unknown) => void {
  response.writeHead(200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  return (line) => {
    if (!response.writableEnded) response.write(`${JSON.stringify(line)}\n`);
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST_BODY_BYTES) {
      throw new RouteError(
        413,
        'The lab takes at most 64 KiB. A shorter payload makes the same point.',
      );
    }
    chunks.push(chunk as Buffer);
  }
  return parseText(Buffer.concat(chunks).toString('utf8'));
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new RouteError(400, `This is not JSON: ${(error as Error).message}`);
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new RouteError(400, z.prettifyError(parsed.error));
  return parsed.data;
}

const since = (started: number): number => Math.round(performance.now() - started);
