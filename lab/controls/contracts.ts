/**
 * What each control must be and give back, checked where a learner's file meets the server, so that
 * a wrong return type is named with its file and line and not guessed from a 500 much later.
 */
import { readFileSync } from 'node:fs';
import type { Response } from 'express';
import { z } from 'zod';
import type { ControlName, SecurityControls } from '../../exercises/weather-server/controls.ts';
import { inProject } from '../../shared/project-path.ts';

type Check = { expected: string; holds: (value: unknown) => boolean };

const check = (expected: string, schema: z.ZodType): Check => ({
  expected,
  holds: (value) => schema.safeParse(value).success,
});
const isFunction = z.custom((value) => typeof value === 'function');
const middleware = check('an Express middleware, a function', isFunction);
const object = check('an object', z.looseObject({}));
const text = check('a string', z.string());
const anything = check('anything', z.unknown());
const zodSchema = check(
  'a Zod schema',
  z.custom((value) => value instanceof z.ZodType),
);
const toolResult = check(
  'a tool result with `content`',
  z.looseObject({ content: z.array(z.unknown()) }),
);
const registeredClient = check(
  'a client: { client_id, redirect_uris, grant_types, response_types, … }',
  z.looseObject({ client_id: z.string(), redirect_uris: z.array(z.unknown()) }),
);
const grant = z.looseObject({
  subject: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  resource: z.string(),
});
const methods = (...names: string[]): Check =>
  check(
    `an object with ${names.map((name) => `${name}()`).join(', ')}`,
    z.custom(
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function'),
    ),
  );

const sealed = check(
  'a SealedCredential, its members strings',
  z.looseObject({
    kekVersion: z.string(),
    encryptedDek: z.string(),
    dekIv: z.string(),
    dekTag: z.string().optional(),
    encrypted: z.string(),
    iv: z.string(),
    tag: z.string().optional(),
  }),
);

/** Schema controls are values; all others are functions, with a check on what they return. */
const values: Partial<Record<ControlName, Check>> = {
  citySchema: zodSchema,
  unitsSchema: zodSchema,
  daysSchema: zodSchema,
};

const results: Record<Exclude<ControlName, 'citySchema' | 'unitsSchema' | 'daysSchema'>, Check> = {
  describeAuthorizationServer: object,
  describeProtectedResource: object,
  buildBearerChallenge: text,
  registerClient: registeredClient,
  resolveClientDocument: registeredClient,
  matchRedirectUri: text,
  validateAuthorizationRequest: check(
    'an AuthorizationRequest: { redirectUri, scopes, state, codeChallenge, … }',
    z.looseObject({ redirectUri: z.string(), scopes: z.array(z.string()) }),
  ),
  verifyCodeChallenge: check('true or false', z.boolean()),
  buildAuthorizationResponse: check(
    'an object of parameters, all strings',
    z.record(z.string(), z.string()),
  ),
  createConsentGuard: methods('agreedBefore', 'openForm', 'checkForm', 'remember'),
  createGrantStore: methods('issueCode', 'redeemCode', 'issueRefreshToken', 'rotateRefreshToken'),
  describeAccessToken: check(
    '{ claims: {…}, lifetimeSeconds: <seconds> }',
    z.looseObject({ claims: z.looseObject({}), lifetimeSeconds: z.number() }),
  ),
  verifyAccessToken: check(
    'an AuthInfo: { token, clientId, scopes, extra: { issuer, subject } }',
    z.looseObject({
      token: z.string(),
      clientId: z.string(),
      scopes: z.array(z.string()),
      extra: z.looseObject({ issuer: z.string(), subject: z.string() }),
    }),
  ),
  createBearerAuth: middleware,
  authorizeTool: anything,
  listVisibleTools: check('an array of tools', z.array(z.unknown())),
  requireOwnAlert: anything,
  parseKeyEncryptionKeys: check(
    'a KeyProvider: { currentVersion, key() }',
    z.looseObject({ currentVersion: z.string(), key: isFunction }),
  ),
  createCredentialVault: methods('seal', 'open', 'rewrap'),
  searchStations: check('an array of rows', z.array(z.unknown())),
  resolveReportPath: text,
  pingHost: object,
  buildUpstreamUrl: text,
  presentUpstreamText: check(
    'a string, or { untrusted: true, text }',
    z.union([z.string(), z.looseObject({ untrusted: z.literal(true), text: z.string() })]),
  ),
  reviewTools: check(
    '{ offered: [tools], questions: [{ name, text, pin }] }',
    z.looseObject({
      offered: z.array(z.looseObject({ name: z.string() })),
      questions: z.array(z.looseObject({ name: z.string(), text: z.string(), pin: z.string() })),
    }),
  ),
  createRateLimiter: methods('check'),
  buildRateLimitedResult: toolResult,
  requireSingleMessage: anything,
  createSecurityHeaders: middleware,
  createOriginGuard: middleware,
  createBodyParser: middleware,
  createAuditLog: methods('record'),
  verifyAuditLog: check('the index of a line, or undefined', z.int().min(0).optional()),
  buildToolError: toolResult,
  createErrorHandler: middleware,
  mountPipeline: anything,
  orderCallSteps: check('an array of call steps, all functions', z.array(isFunction)),
};

/** The server awaits what these give back; it uses what all others give back at once. */
const AWAITED: ReadonlySet<ControlName> = new Set([
  'resolveClientDocument',
  'verifyAccessToken',
  'searchStations',
  'resolveReportPath',
  'pingHost',
]);

/** What a method of a returned object must give back in turn. */
const methodResults: Partial<Record<ControlName, Record<string, Check>>> = {
  createGrantStore: {
    issueCode: text,
    redeemCode: check('a Grant', grant),
    issueRefreshToken: text,
    rotateRefreshToken: check(
      '{ grant, refreshToken }',
      z.looseObject({ grant, refreshToken: z.string() }),
    ),
  },
  parseKeyEncryptionKeys: {
    key: check(
      'a Buffer',
      z.custom((value) => Buffer.isBuffer(value)),
    ),
  },
  createCredentialVault: { seal: sealed, open: text, rewrap: sealed },
  createAuditLog: { ready: check('true or false', z.boolean()) },
  createConsentGuard: {
    agreedBefore: check('a user, or undefined', z.string().optional()),
    openForm: text,
    checkForm: anything,
    remember: anything,
  },
  createRateLimiter: {
    check: check(
      '{ allowed: true } or { allowed: false, retryAfterMs: <milliseconds> }',
      z.union([
        z.looseObject({ allowed: z.literal(true) }),
        z.looseObject({ allowed: z.literal(false), retryAfterMs: z.number() }),
      ]),
    ),
  },
};

/** A learner's file does not keep to the contract of a control. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

/** Is told how a learner's controls fare. */
export interface ControlWatch {
  fault(control: ControlName, message: string): void;
  /** A control has begun; `message` is what to say should it never end. Returns how to say it has. */
  waiting?(control: ControlName, message: string): () => void;
}

/**
 * Wraps one control of a learner's file: a wrong return value becomes a `ContractError`, and that
 * as well as a programming error (TypeError and the like) is told to `watch`.
 */
export function holdToContract<Name extends ControlName>(
  name: Name,
  control: unknown,
  file: string,
  watch: ControlWatch,
): SecurityControls[Name] {
  const where = `${inProject(file)}:${lineOf(file, name)}`;
  const valueCheck = values[name];
  if (valueCheck) {
    if (!valueCheck.holds(control)) throw wrong(where, name, control, valueCheck);
    watchSchema(control as z.ZodType, failing(name, name));
    return control as SecurityControls[Name];
  }
  if (typeof control !== 'function') {
    throw new ContractError(
      `${where} exports ${name} as ${describe(control)}; a function is expected.`,
    );
  }
  const result = results[name as keyof typeof results];
  /** What the control itself gave; what its methods give has no methods of interest. */
  const made = `${name}(…)`;
  const call = watched(control as Call, name, made, result);
  return call as unknown as SecurityControls[Name];

  type Call = (this: unknown, ...args: unknown[]) => unknown;

  function watched(original: Call, control: ControlName, label: string, expected: Check): Call {
    return function (...args) {
      const refuse = (value: unknown): never => {
        const error = wrong(where, label, value, expected);
        watch.fault(control, error.message);
        throw error;
      };
      const settle = (value: unknown): unknown => {
        if (!expected.holds(value)) refuse(value);
        if (label !== made) return value;
        return expected === middleware
          ? watchedMiddleware(value as Call, control)
          : withWatchedMethods(value, control);
      };
      const fail = failing(control, label);
      let value: unknown;
      try {
        value = original.apply(this, args);
      } catch (error) {
        return fail(error);
      }
      if (!(value instanceof Promise)) return settle(value);
      if (label === made && expected !== anything && !AWAITED.has(control)) {
        void value.catch(() => undefined); // nobody else will
        refuse(value);
      }
      const over = watch.waiting?.(control, `${where}: ${label} has not settled.`);
      return value.finally(over).then(settle, fail);
    };
  }

  function failing(control: ControlName, label: string): (error: unknown) => never {
    return (error) => {
      if (isProgrammingError(error) || isForeignImport(error))
        watch.fault(control, `${label} threw ${firstFrame(error, where)}`);
      throw error;
    };
  }

  function watchedMiddleware(original: Call, control: ControlName): Call {
    const fail = failing(control, made);
    const run = (args: unknown[]): unknown => {
      const next = args.at(-1) as Call;
      const response = args.at(-2) as Response;
      let wentOn = false;
      response.once('close', () => {
        if (wentOn || response.writableEnded) return;
        const message = `${where}: what ${name} made neither answered nor called next().`;
        watch.fault(control, message);
      });
      const goOn: Call = (...rest) => {
        wentOn = true;
        return next(...rest);
      };
      try {
        const value = original(...args.slice(0, -1), goOn);
        return value instanceof Promise ? value.catch(fail) : value;
      } catch (error) {
        return fail(error);
      }
    };
    // Express knows handlers of errors by the number of their parameters.
    return original.length === 4
      ? (error, request, response, next) => run([error, request, response, next])
      : (request, response, next) => run([request, response, next]);
  }

  function withWatchedMethods(value: unknown, control: ControlName): unknown {
    const checks = methodResults[control];
    if (!checks) return value;
    const owner = value as Record<string, Call>;
    return new Proxy(owner, {
      get(target, member) {
        const expected = typeof member === 'string' ? checks[member] : undefined;
        const own = Reflect.get(target, member) as Call | undefined;
        if (typeof own !== 'function') return own;
        if (!expected) return own.bind(target);
        return watched(own.bind(target), control, `${control}(…).${String(member)}(…)`, expected);
      },
    });
  }
}

type RunSchema = z.ZodType['_zod']['run'];
const runs = new WeakMap<z.ZodType, RunSchema>();

/** A schema's own functions are called by Zod; what they throw is seen on its way through there. */
function watchSchema(schema: z.ZodType, fail: (error: unknown) => never): void {
  const internals: { run: RunSchema } = schema['_zod'];
  const run: RunSchema = runs.get(schema) ?? internals.run.bind(internals);
  runs.set(schema, run);
  internals.run = (payload, context) => {
    try {
      const result = run(payload, context);
      // The server parses without waiting, and Zod would say so where nobody knows whose schema it is.
      if (result instanceof Promise && !context.async) throw new z.core.$ZodAsyncError();
      return result;
    } catch (error) {
      return fail(error);
    }
  };
}

const wrong = (where: string, label: string, value: unknown, { expected }: Check): ContractError =>
  new ContractError(`${where}: ${label} gave ${describe(value)}; ${expected} is expected.`);

const isProgrammingError = (error: unknown): error is Error =>
  [TypeError, ReferenceError, RangeError, z.core.$ZodAsyncError].some(
    (kind) => error instanceof kind,
  ) && !isRefusedByCrypto(error as Error);

/** An import that `own-work.mjs` refused. */
export const isForeignImport = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_NOT_OWN_WORK';

/** With these node:crypto refuses a key, an IV or a tag, and so does a vault that lets it. */
const isRefusedByCrypto = (error: Error & { code?: unknown }): boolean =>
  String(error.code).startsWith('ERR_CRYPTO_');

/** The error's message with the place in the learner's file, when the stack names it. */
function firstFrame(error: Error, fallback: string): string {
  return `${error.name}: ${error.message} (${placeInStack(error.stack) ?? fallback})`;
}

/** `exercises/05-…/file.ts:12:3` out of a stack, the innermost frame that is not the workbook's. */
export function placeInStack(stack: string | undefined): string | undefined {
  const frame =
    /((?:exercises[\\/]\d\d-|solutions[\\/]|proof[\\/](?:wrong|right)-|\.workbook[\\/])[^\s():?]*)[^\s():]*:(\d+):\d+/;
  const found = frame.exec(stack ?? '');
  return found ? `${found[1]}:${found[2]}` : undefined;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Promise) return 'a Promise';
  if (typeof value === 'object')
    return `an object with members ${Object.keys(value).join(', ') || '(none)'}`;
  return `a ${typeof value}`;
}

/** Line of the declaration of `name`, or 1. */
export function lineOf(file: string, name: string): number {
  const declaration = new RegExp(
    `^export\\s+(?:async\\s+)?(?:const|let|function)\\s+${name}\\b`,
    'm',
  );
  const source = readFileSync(file, 'utf8');
  const at = source.search(declaration);
  return at === -1 ? 1 : source.slice(0, at).split('\n').length;
}
