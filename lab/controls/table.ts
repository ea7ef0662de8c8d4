/**
 * Every control in a row: what it gives back, whether that is awaited, whether it refuses, and which
 * neighbours take a milder form while it is under attack. Where it is stands in `files.ts`.
 */
import { z } from 'zod';
import type { ControlName } from '../../exercises/weather-server/controls.ts';
import * as milder from './milder-neighbours.ts';
import {
  anything,
  atOnce,
  grant,
  isFunction,
  limitDecision,
  methods,
  middleware,
  object,
  registeredClient,
  rotatedGrant,
  sealedCredential,
  shape,
  text,
  toolResult,
  url,
  yesOrNo,
  zodSchema,
  type Shape,
} from './shapes.ts';

export interface ControlRow {
  /** What calling it gives; of a schema, which is a value and no function, what it is. */
  gives: Shape;
  /** What methods of the object that it gives give in turn. */
  methods?: Record<string, Shape>;
  /** The server awaits it; it uses at once what all others give. */
  isAwaited?: true;
  /** Its refusals are put on the tape; those of others are there already, or in the answer. */
  refuses?: 'itself' | 'by its methods';
  milder?: milder.Milder;
}

/** Of one process, or of all. */
const grantStore: ControlRow = {
  gives: methods('issueCode', 'redeemCode', 'issueRefreshToken', 'rotateRefreshToken'),
  methods: {
    issueCode: text,
    redeemCode: grant,
    issueRefreshToken: text,
    rotateRefreshToken: rotatedGrant,
  },
  refuses: 'by its methods',
};

export const controlTable: Record<ControlName, ControlRow> = {
  describeAuthorizationServer: {
    gives: object,
    milder: milder.anyOrigin,
  },
  describeProtectedResource: { gives: object },
  buildBearerChallenge: { gives: text },

  registerClient: {
    gives: registeredClient,
    refuses: 'itself',
  },
  resolveClientDocument: {
    gives: registeredClient,
    isAwaited: true,
    refuses: 'itself',
  },

  validateAuthorizationRequest: {
    gives: shape(
      'an AuthorizationRequest: { redirectUri, scopes, state, codeChallenge, … }',
      z.looseObject({ redirectUri: z.string(), scopes: z.array(z.string()) }),
    ),
    refuses: 'itself',
  },
  verifyCodeChallenge: {
    gives: yesOrNo,
    refuses: 'itself',
  },
  matchRedirectUri: { gives: text, refuses: 'itself' },
  buildAuthorizationResponse: {
    gives: shape('an object of parameters, all strings', z.record(z.string(), z.string())),
  },
  createConsentGuard: {
    gives: methods('agreedBefore', 'openForm', 'checkForm', 'remember'),
    methods: {
      agreedBefore: shape('a user, or undefined', z.string().optional()),
      openForm: text,
      checkForm: anything,
      remember: anything,
    },
    refuses: 'by its methods',
    milder: milder.noSecurityHeaders,
  },

  createGrantStore: grantStore,
  describeAccessToken: {
    gives: shape(
      '{ claims: {…}, lifetimeSeconds: <seconds> }',
      z.looseObject({ claims: z.looseObject({}), lifetimeSeconds: z.number() }),
    ),
  },

  verifyAccessToken: {
    gives: shape(
      'an AuthInfo: { token, clientId, scopes, extra: { issuer, subject } }',
      z.looseObject({
        token: z.string(),
        clientId: z.string(),
        scopes: z.array(z.string()),
        extra: z.looseObject({ issuer: z.string(), subject: z.string() }),
      }),
    ),
    isAwaited: true,
  },
  createBearerAuth: {
    gives: middleware,
    milder: milder.scopesLetNobodyPass,
  },

  authorizeTool: { gives: anything, refuses: 'itself' },
  listVisibleTools: {
    gives: shape('an array of tools', z.array(z.unknown())),
  },
  requireOwnAlert: {
    gives: anything,
    refuses: 'itself',
    milder: milder.everyAlertIsReached,
  },

  parseKeyEncryptionKeys: {
    gives: shape(
      'a KeyProvider: { currentVersion, key() }',
      z.looseObject({ currentVersion: z.string(), key: isFunction }),
    ),
    methods: {
      key: shape(
        'a Buffer',
        z.custom((value) => Buffer.isBuffer(value)),
      ),
    },
  },
  createCredentialVault: {
    gives: methods('seal', 'open', 'rewrap'),
    methods: { seal: sealedCredential, open: text, rewrap: sealedCredential },
  },

  citySchema: { gives: zodSchema },
  unitsSchema: { gives: zodSchema },
  daysSchema: { gives: zodSchema },

  searchStations: {
    gives: shape('an array of rows', z.array(z.unknown())),
    isAwaited: true,
    refuses: 'itself',
  },
  resolveReportPath: {
    gives: text,
    isAwaited: true,
    refuses: 'itself',
    milder: milder.messagesOfNotFound,
  },
  pingHost: {
    gives: object,
    isAwaited: true,
    refuses: 'itself',
  },
  buildUpstreamUrl: {
    gives: text,
    refuses: 'itself',
    milder: milder.anyShortCity,
  },
  presentUpstreamText: {
    gives: shape(
      'a string, or { untrusted: true, text }',
      z.union([z.string(), z.looseObject({ untrusted: z.literal(true), text: z.string() })]),
    ),
  },
  reviewTools: {
    gives: shape(
      '{ offered: [tools], questions: [{ name, text, pin }] }',
      z.looseObject({
        offered: z.array(z.looseObject({ name: z.string() })),
        questions: z.array(z.looseObject({ name: z.string(), text: z.string(), pin: z.string() })),
      }),
    ),
  },

  createRateLimiter: {
    gives: methods('check'),
    methods: {
      check: limitDecision,
    },
  },
  buildRateLimitedResult: { gives: toolResult },
  requireSingleMessage: {
    gives: anything,
    refuses: 'itself',
    milder: milder.batchesAreOld,
  },

  createSecurityHeaders: { gives: middleware },
  createOriginGuard: { gives: middleware },
  createBodyParser: {
    gives: middleware,
    milder: milder.plainAuditLog,
  },

  createAuditLog: {
    gives: methods('record'),
    methods: { ready: yesOrNo },
    milder: milder.usualBodyParser,
  },
  verifyAuditLog: {
    gives: shape('the index of a line, or undefined', z.int().min(0).optional()),
  },

  buildToolError: { gives: toolResult },
  createErrorHandler: {
    gives: middleware,
    milder: milder.usualBodyParser,
  },

  mountPipeline: { gives: anything },
  orderCallSteps: {
    gives: shape('an array of call steps, all functions', z.array(isFunction)),
  },

  detectRevision: {
    gives: shape("'2025-11-25' or '2026-07-28'", z.enum(['2025-11-25', '2026-07-28'])),
    refuses: 'itself',
  },
  requireMatchingHeaders: { gives: atOnce, refuses: 'itself' },

  createStateSeal: {
    gives: methods('seal', 'open'),
    methods: { seal: text, open: anything },
    refuses: 'by its methods',
    milder: milder.anotherIssuerIsTrusted,
  },
  requireConfirmation: {
    gives: shape(
      "'given', or { askWith: <state> }",
      z.union([z.literal('given'), z.looseObject({ askWith: z.string() })]),
    ),
    isAwaited: true,
    refuses: 'itself',
  },
  createExportHandles: {
    gives: methods('issue', 'find', 'end'),
    methods: { issue: text, find: object, end: anything },
    refuses: 'by its methods',
    milder: milder.handlesOfTwoIssuers,
  },

  keyOfTenant: { gives: text, milder: milder.severalIssuersAreTrusted },
  keyOfAnswer: { gives: text },
  requireOwnSensor: {
    gives: atOnce,
    refuses: 'itself',
    milder: milder.messagesOfNotFound,
  },
  presentSensor: { gives: object },
  chooseCaching: {
    gives: shape(
      "{ ttlMs: <milliseconds>, cacheScope: 'public' or 'private' }",
      z.looseObject({ ttlMs: z.number(), cacheScope: z.string() }),
    ),
  },

  createSharedLimiter: {
    gives: methods('check'),
    methods: {
      check: limitDecision,
    },
  },
  createSharedGrantStore: grantStore,
  createLineSealer: { gives: shape('a function that seals a line', isFunction) },
  verifyMergedLines: {
    gives: shape('the index of a line, or undefined', z.int().min(0).optional()),
  },

  fetchProviderDocument: { gives: anything, isAwaited: true },
  discoverIssuer: {
    gives: shape('{ jwksUri: <a URL, as text> }', z.looseObject({ jwksUri: z.string() })),
    isAwaited: true,
  },
  createKeySource: {
    gives: methods('keysFor'),
    methods: {
      keysFor: shape('a key set: { keys: [ … ] }', z.looseObject({ keys: z.array(z.unknown()) })),
    },
  },
  readProviderClaims: {
    gives: shape(
      'an Actor: { issuer, subject, clientId, scopes }',
      z.looseObject({
        issuer: z.string(),
        subject: z.string(),
        clientId: z.string(),
        scopes: z.array(z.string()),
      }),
    ),
  },

  createThirdPartySignIn: {
    gives: methods('arrive', 'allow', 'resume'),
    methods: {
      arrive: shape(
        "'ask', or { state: <state> }",
        z.union([z.literal('ask'), z.looseObject({ state: z.string() })]),
      ),
      allow: text,
      resume: shape(
        'a WantedAccess: { clientId, asked: { redirectUri, scopes, … } }',
        z.looseObject({
          clientId: z.string(),
          asked: z.looseObject({ redirectUri: z.string(), scopes: z.array(z.string()) }),
        }),
      ),
    },
    refuses: 'by its methods',
  },
  createTokenKeeper: {
    gives: methods('keep', 'find'),
    methods: { keep: anything, find: shape('a token, or undefined', z.string().optional()) },
    milder: milder.anotherIssuerIsTrusted,
  },
  readDiary: {
    gives: shape(
      'an array of entries: { date, text }',
      z.array(z.looseObject({ date: z.string(), text: z.string() })),
    ),
    isAwaited: true,
    refuses: 'itself',
  },

  parseFeedUrl: { gives: url, refuses: 'itself' },
  chooseAddress: { gives: text, isAwaited: true, refuses: 'itself' },
  fetchFeed: { gives: text, isAwaited: true, refuses: 'itself' },

  planSignIn: {
    gives: shape(
      'a SignInPlan: { authorizationEndpoint, tokenEndpoint, issuer, promisesIssuer, resource, credentials }',
      z.looseObject({
        authorizationEndpoint: z.string(),
        tokenEndpoint: z.string(),
        issuer: z.string(),
        promisesIssuer: z.boolean(),
        resource: z.string(),
        credentials: z.looseObject({ issuer: z.string(), clientId: z.string() }).optional(),
      }),
    ),
    refuses: 'itself',
  },
  acceptCallback: { gives: text, refuses: 'itself' },
  chooseEndpoint: { gives: text, isAwaited: true, refuses: 'itself' },
  reviewStartEntry: {
    gives: shape(
      "{ mayStart: <true or false>, text, warnings: ['changed', 'unpinned', 'inline-code', 'secrets'], approval }",
      z.looseObject({
        mayStart: z.boolean(),
        text: z.string(),
        warnings: z.array(z.enum(['changed', 'unpinned', 'inline-code', 'secrets'])),
        approval: z.string(),
      }),
    ),
  },
};
