/**
 * The form of all that a target's process may say to the lab. Learner code runs there and may write
 * what it likes, so that nothing is used before it was parsed here.
 */
import { z } from 'zod';
import type { FromHost, HostRequestName, LastWords } from './host/host-protocol.ts';

const LONGEST_WORDS = 4_000;

/** What a control said goes on the tape as it is, and need not be a text. */
const text = z
  .unknown()
  .transform((said) => (typeof said === 'string' ? said : (JSON.stringify(said) ?? '')));
/** JSON writes `null` for what is no finite number. */
const count = z.number().nullable();

const on = { requestId: z.string(), at: z.number() };
const entry = z.discriminatedUnion('kind', [
  z.object({
    ...on,
    kind: z.literal('token'),
    decision: z.enum(['accepted', 'refused']),
    detail: text,
  }),
  z.object({
    ...on,
    kind: z.literal('limit'),
    decision: z.enum(['allowed', 'refused']),
    tool: text,
    retryAfterMs: count.optional(),
  }),
  z.object({
    ...on,
    kind: z.literal('tool'),
    tool: z.string(),
    arguments: z.record(z.string(), z.unknown()),
    subject: text,
  }),
  z.object({
    ...on,
    kind: z.literal('sql'),
    sql: text,
    parameters: z.array(z.unknown()),
    rows: z.number().optional(),
    error: text.optional(),
  }),
  z.object({
    ...on,
    kind: z.literal('shell'),
    argv: z.array(text),
    shell: z.boolean(),
    exitCode: z.number(),
  }),
  z.object({
    ...on,
    kind: z.literal('file'),
    operation: z.string(),
    path: text,
    resolved: text.optional(),
    error: text.optional(),
  }),
  z.object({
    ...on,
    kind: z.literal('upstream'),
    url: text,
    status: z.number(),
    expected: z.boolean(),
    keyShown: z.boolean(),
  }),
  z.object({
    ...on,
    kind: z.literal('web'),
    url: text,
    address: z.string(),
    inside: z.boolean(),
    status: z.number(),
    bytes: z.number(),
    heldMs: z.number(),
  }),
  z.object({
    ...on,
    kind: z.literal('opened'),
    address: z.string(),
    as: z.enum(['page', 'script', 'file', 'program', 'option', 'shell']),
  }),
  z.object({
    ...on,
    kind: z.literal('sent'),
    url: z.string(),
    address: z.string(),
    carried: z.array(z.string()),
  }),
  z.object({
    ...on,
    kind: z.literal('started'),
    argv: z.array(z.string()),
    env: z.record(z.string(), z.string()),
    asked: z.boolean(),
  }),
  z.object({
    ...on,
    kind: z.literal('third-party'),
    url: text,
    status: z.number(),
    shown: text,
  }),
  z.object({ ...on, kind: z.literal('refusal'), control: z.string(), reason: text }),
  z.object({
    ...on,
    kind: z.literal('gate'),
    gate: z.string(),
    decision: z.enum(['reached', 'passed', 'refused']),
    detail: text.optional(),
  }),
  z.object({ ...on, kind: z.literal('message'), method: z.string() }),
  z.object({ ...on, kind: z.literal('audit'), line: text }),
  z.object({ ...on, kind: z.literal('fault'), control: z.string(), message: text }),
]);

const nothing = z.null();
const config = z.object({
  issuer: z.string(),
  resource: z.string(),
  scopesSupported: z.array(z.string()),
  allowedOrigins: z.array(z.string()),
  allowedHosts: z.array(z.string()),
  maxBodyBytes: z.number(),
  limits: z.object({
    perUserPerMinute: z.number(),
    perToolPerMinute: z.record(z.string(), z.number()),
  }),
});
/** What a control gave, or how it refused. */
const answer = (value: z.ZodType): z.ZodType =>
  z.union([z.object({ refused: z.string() }), z.object({ value })]);
const headerAnswer = z.union([
  z.object({ passed: z.string() }),
  z.object({ code: z.number(), header: text.optional() }),
  z.object({ broke: text }),
]);
const sealed = z.record(z.string(), z.unknown());
const review = z.object({
  offered: z.array(z.looseObject({ name: z.string() })),
  questions: z.array(z.object({ name: z.string(), text: z.string(), pin: z.string() })),
});

const limitDecision = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), retryAfterMs: z.number() }),
]);

/** By what was asked. */
export const replies: Record<HostRequestName, z.ZodType> = {
  start: z.object({ port: z.int().min(1).max(65_535) }),
  open: z.object({ instance: z.string(), config, ticket: z.string() }),
  close: nothing,
  tape: z.array(entry),
  decide: z.enum(['allowed', 'refused']),
  vault: answer(z.union([z.string(), sealed])),
  limiter: z.array(
    z.object({ at: z.number(), allowed: z.int().min(0), refusals: z.array(z.unknown()) }),
  ),
  useGrantAtOnce: z.object({
    used: z.string(),
    answers: z.array(answer(z.string())),
    goOn: z.int().min(0),
  }),
  carried: z.array(answer(z.string())),
  reviewTools: answer(review),
  keysOfTenants: z.array(answer(z.string())),
  keysOfAnswers: z.array(answer(z.string())),
  revisionsOf: z.array(headerAnswer),
  matchingHeaders: z.array(headerAnswer),
  cacheHints: z.array(answer(z.object({ ttlMs: count, cacheScope: z.string() }))),
  verifyAuditLog: answer(z.number().optional()),
  lineWithAuditKey: z.int().min(0).optional(),
  sharedCalls: z.array(answer(limitDecision)),
  signInTwice: z.array(answer(z.string())),
  sealLines: answer(z.array(z.string())),
  verifyMergedLines: answer(z.number().optional()),
  canaries: z.object({ row: z.string(), file: z.string() }),
  breakDown: nothing,
  plant: nothing,
  migrate: nothing,
  pollution: z.array(z.string()),
  publish: nothing,
  signIn: z.object({ signedIn: z.boolean(), said: z.string() }),
  considerStart: answer(
    z.union([
      z.object({ started: z.literal(true) }),
      z.object({
        started: z.literal(false),
        text: z.string(),
        warnings: z.array(z.enum(['changed', 'unpinned', 'inline-code', 'secrets'])),
        approval: z.string(),
      }),
    ]),
  ),
  answerStart: nothing,
  trust: nothing,
  signInElsewhere: config,
  visitThirdParty: z.object({ status: z.number(), location: z.string().optional() }),
  askThirdParty: z.object({ status: z.number(), body: z.unknown() }),
  tokensOfThirdParty: z.array(z.string()),
  changeThirdParty: nothing,
  keepThirdPartyToken: nothing,
  readDiaries: z.array(answer(z.array(z.looseObject({ date: z.string(), text: z.string() })))),
  resumeAtOnce: z.int().min(0),
  credentialRows: z.array(
    z.object({ id: z.string(), owner: z.string(), provider: z.string(), sealed: z.string() }),
  ),
  advance: nothing,
  processorTime: z.number(),
  workedTime: z.number(),
  flood: z.object({ retainedBytesPerUser: count, polluted: z.boolean() }),
};

const id = z.int().min(0);
export const fromHost: z.ZodType<FromHost> = z.union([
  z.strictObject({
    now: z.number(),
    storeStep: z.object({ instance: z.string(), call: z.int().min(0), step: z.unknown() }),
  }),
  z.object({
    id,
    now: z.number(),
    error: z.object({ message: z.string(), file: z.string().optional() }),
  }),
  // JSON has no `undefined`, which is the answer to some questions.
  z.object({ id, now: z.number(), reply: z.unknown().optional() }),
]);

const words = z.string().max(LONGEST_WORDS);
/** One line: what is said goes to a terminal. */
const where = z
  .string()
  .max(LONGEST_WORDS)
  .regex(/^[^\p{Cc}]*$/u)
  .optional();
export const lastWords = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exit'), call: words, where }),
  z.object({ kind: z.literal('error'), message: words, where }),
  z.object({ kind: z.literal('stalled'), where }),
  z.object({ kind: z.literal('stuck') }),
  z.object({ kind: z.literal('growing'), tooMuch: z.boolean(), where }),
]) as z.ZodType<LastWords>;
