/** The gates of the picture, in the order in which a request meets them, and what the tape says of them. */
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';

const gatesByWay = {
  /** Of a tool call. */
  call: [
    'headers',
    'origin',
    'body',
    'token',
    'scope',
    'limit',
    'input',
    'tool',
    'audit',
    'upstream',
  ],
  /** To an access token, over all requests of an attack. */
  grant: ['headers', 'origin', 'client', 'address', 'request', 'consent', 'code', 'PKCE'],
  /** The same where users sign in at a third party, and of a call that leads there. */
  thirdParty: [
    'client',
    'address',
    'request',
    'consent',
    'return',
    'code',
    'token',
    'tool',
    'third party',
  ],
  /** Of a client that signs in at a server, or starts one. */
  client: ['endpoint', 'documents', 'browser', 'answer', 'entry'],
} as const;

type WayName = keyof typeof gatesByWay;
export type GateId = (typeof gatesByWay)[WayName][number];

interface OtherWay {
  way: WayName;
  topics: RegExp;
  /** A token is the work of several requests; a call is one. */
  takesSeveralRequests?: true;
  /** It is the client that decides, and a server that attacks. */
  isOfClient?: true;
}

/** In all other topics it is that of a call. */
const otherWays: OtherWay[] = [
  { way: 'grant', topics: /^0[1-4]-/, takesSeveralRequests: true },
  { way: 'thirdParty', topics: /^20-/, takesSeveralRequests: true },
  { way: 'client', topics: /^22-/, isOfClient: true },
];

const wayOf = (slug: string): Omit<OtherWay, 'topics'> =>
  otherWays.find(({ topics }) => topics.test(slug)) ?? { way: 'call' };

export const gatesOf = (slug: string): readonly GateId[] => gatesByWay[wayOf(slug).way];

export const takesSeveralRequests = (slug: string): boolean =>
  wayOf(slug).takesSeveralRequests ?? false;

export const isOfClient = (slug: string): boolean => wayOf(slug).isOfClient ?? false;

/** What the tape calls them: a part of the pipeline, a control, or a method of what it makes. */
const gateByName: Record<string, GateId> = {
  headers: 'headers',
  origin: 'origin',
  body: 'body',
  bearer: 'token',
  authorizeTool: 'scope',
  // Asked inside of the tool, once it is known whose alert it is.
  requireOwnAlert: 'tool',
  requireSingleMessage: 'body',
  detectRevision: 'body',
  // Decides on both, and reads the body first.
  requireMatchingHeaders: 'body',
  validate: 'input',
  searchStations: 'tool',
  resolveReportPath: 'tool',
  pingHost: 'tool',
  buildUpstreamUrl: 'tool',
  parseFeedUrl: 'tool',
  chooseAddress: 'tool',
  fetchFeed: 'tool',
  tenant: 'tool',
  requireOwnSensor: 'tool',
  'createStateSeal → seal': 'tool',
  'createStateSeal → open': 'tool',
  requireConfirmation: 'tool',
  'createExportHandles → find': 'tool',
  'createExportHandles → end': 'tool',
  registerClient: 'client',
  resolveClientDocument: 'client',
  matchRedirectUri: 'address',
  validateAuthorizationRequest: 'request',
  'createConsentGuard → agreedBefore': 'consent',
  'createConsentGuard → checkForm': 'consent',
  'createGrantStore → redeemCode': 'code',
  'createGrantStore → rotateRefreshToken': 'code',
  'createSharedGrantStore → redeemCode': 'code',
  'createSharedGrantStore → rotateRefreshToken': 'code',
  verifyCodeChallenge: 'PKCE',
  chooseEndpoint: 'endpoint',
  planSignIn: 'documents',
  acceptCallback: 'answer',
  reviewStartEntry: 'entry',
  'createThirdPartySignIn → arrive': 'consent',
  'createThirdPartySignIn → allow': 'consent',
  'createThirdPartySignIn → resume': 'return',
  readDiary: 'tool',
};

export interface GateReading {
  gate: GateId;
  decision: 'passed' | 'refused' | 'reached';
  said?: string | undefined;
}

/** What an entry says of a gate; undefined if it says nothing of any. */
export function readGate(entry: TapeEntry): GateReading | undefined {
  switch (entry.kind) {
    case 'gate': {
      const gate = gateByName[entry.gate];
      return gate && { gate, decision: entry.decision, said: entry.detail };
    }
    case 'refusal': {
      const gate = gateByName[entry.control];
      return gate && { gate, decision: 'refused', said: entry.reason };
    }
    case 'token':
      return {
        gate: 'token',
        decision: entry.decision === 'accepted' ? 'passed' : 'refused',
        said: entry.detail.replace(/^\w*Error: /, ''),
      };
    case 'limit': {
      const { retryAfterMs: wait } = entry;
      return entry.decision === 'allowed'
        ? { gate: 'limit', decision: 'passed' }
        : {
            gate: 'limit',
            decision: 'refused',
            said: wait === undefined ? undefined : `again in ${Math.ceil(wait / 1000)} s`,
          };
    }
    case 'tool':
      return { gate: 'tool', decision: 'passed', said: `${entry.tool} for ${entry.subject}` };
    case 'audit':
      return { gate: 'audit', decision: 'passed', said: entry.line };
    case 'upstream':
      return { gate: 'upstream', decision: 'passed', said: entry.url };
    case 'opened':
      return { gate: 'browser', decision: 'passed', said: entry.address };
    case 'started':
      return { gate: 'entry', decision: 'passed', said: entry.argv.join(' ') };
    case 'third-party':
      return { gate: 'third party', decision: 'passed', said: entry.url };
    case 'sql':
    case 'shell':
    case 'file':
    case 'web':
    case 'sent':
    case 'message':
    case 'fault':
      return undefined;
  }
}
