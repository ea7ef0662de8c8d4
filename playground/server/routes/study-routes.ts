/** The pages that show how a control works inside, each with studies of its own. */
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { INSTANCES } from '../../../catalogue/attacks/18-many-instances/over-instances.ts';
import {
  destinations,
  LAST_SECOND,
  MOST_BURSTS,
  MOST_CALLS,
} from '../../../studies/burst/shared.ts';
import { fireBursts } from '../../../studies/burst/fire-bursts.ts';
import {
  byteMembers,
  LONGEST_TEXT,
  MOST_OPERATIONS,
  owners,
} from '../../../studies/envelope/shared.ts';
import { runEnvelopeStudy } from '../../../studies/envelope/run-envelope-study.ts';
import { encryptUnderSameIv } from '../../../studies/envelope/same-iv-twice.ts';
import { flows } from '../../../studies/flow/flows.ts';
import { flowIds } from '../../../studies/flow/shared.ts';
import { IncidentArchive } from '../../../studies/forensics/incident-archive.ts';
import { runTokenStudy } from '../../../studies/tokens/run-token-study.ts';
import { MOST_CHANGED_BYTES, signings, tools, users } from '../../../studies/tokens/shared.ts';
import type { TargetSession } from '../../../lab/target-session.ts';
import type { StudyEvent, TargetName } from '../../lab-api.ts';
import type { LabServices } from '../lab-services.ts';
import {
  parse,
  readJson,
  RouteError,
  sendJson,
  streamTargets,
  targetNames as targets,
  type Routes,
} from './answers.ts';

const flowRequest = z.object({
  flow: z.enum(flowIds),
  sabotages: z.array(z.string()).max(50),
  targets,
});
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
  to: z.enum(destinations),
  targets,
});
const studyText = z.string().max(LONGEST_TEXT);
const studyTexts = z.object({ alice: studyText, bob: studyText });
const record = z.enum(owners);
const envelopeRequest = z.object({
  texts: studyTexts,
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
const members = z.record(z.string(), z.unknown());
const tokenRequest = z.object({
  user: z.enum(users),
  changes: z
    .object({ header: members, claims: members, signing: z.enum(signings) })
    .refine(
      ({ header, claims }) =>
        Buffer.byteLength(JSON.stringify([header, claims])) <= MOST_CHANGED_BYTES,
      `Changes to header and claims have at most ${MOST_CHANGED_BYTES / 1024} KiB together.`,
    ),
  tool: z.enum(tools),
  present: z.boolean(),
  targets,
});
const forensicsRequest = z.object({ targets });
const forensicsAnswer = z.object({
  incident: z.string().max(60),
  question: z.string().max(60),
  answer: z.string().max(200),
});

export function studyRoutes(lab: LabServices): Routes {
  const incidents = new IncidentArchive();
  return {
    'GET /flow': (_request, response) => sendJson(response, 200, flows),

    async 'POST /flow'(request, response) {
      const { flow, sabotages, targets } = parse(flowRequest, await readJson(request));
      await streamStudies(response, targets, (target) => lab.targets.walk(target, flow, sabotages));
    },

    async 'POST /burst'(request, response) {
      const { bursts, to, targets } = parse(burstRequest, await readJson(request));
      const fire = (session: TargetSession) => fireBursts(session, bursts);
      await streamStudies(response, targets, (target) =>
        to === 'one'
          ? lab.targets.study(target, '10-rate-limits', fire)
          : lab.targets.studyAlone(target, '18-many-instances', fire, INSTANCES),
      );
    },

    async 'POST /envelope'(request, response) {
      const { texts, operations, targets } = parse(envelopeRequest, await readJson(request));
      await streamStudies(response, targets, (target) =>
        lab.targets.study(target, '07-credentials', (session) =>
          runEnvelopeStudy(session, texts, operations),
        ),
      );
    },

    async 'POST /same-iv'(request, response) {
      const { texts } = parse(z.object({ texts: studyTexts }), await readJson(request));
      sendJson(response, 200, encryptUnderSameIv(texts));
    },

    async 'POST /tokens'(request, response) {
      const { targets, ...order } = parse(tokenRequest, await readJson(request));
      await streamStudies(response, targets, (target) =>
        lab.targets.study(target, '05-access-tokens', (session) => runTokenStudy(session, order)),
      );
    },

    async 'POST /forensics'(request, response) {
      const { targets } = parse(forensicsRequest, await readJson(request));
      await streamStudies(response, targets, (target) =>
        lab.targets.studyAlone(target, '12-audit-log', (session) => incidents.happen(session)),
      );
    },

    async 'POST /forensics/answer'(request, response) {
      const { incident, question, answer } = parse(forensicsAnswer, await readJson(request));
      const verdict = incidents.check(incident, question, answer);
      if (!verdict) {
        throw new RouteError(404, 'The lab has forgotten this incident. Let another one happen.');
      }
      sendJson(response, 200, verdict);
    },
  };
}

const streamStudies = <Study>(
  response: ServerResponse,
  targets: TargetName[],
  study: (target: TargetName) => Promise<Study>,
): Promise<void> =>
  streamTargets<StudyEvent<Study>>(response, targets, async (target) => ({
    type: 'study',
    study: await study(target),
  }));
