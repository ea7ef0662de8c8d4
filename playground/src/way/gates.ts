/** The gates of the picture, in the order in which a request meets them, and what the tape says of them. */
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';

/** On the way of a tool call. */
const callGates = [
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
] as const;

/** On the way to an access token, over all requests of an attack. */
const grantGates = [
  'headers',
  'origin',
  'client',
  'address',
  'request',
  'consent',
  'code',
  'PKCE',
] as const;

/** On the way of a client that signs in at a server, or starts one. */
const clientGates = ['endpoint', 'documents', 'browser', 'answer', 'entry'] as const;
/** The same where users sign in at a third party, and on the way of a call that leads there. */
const thirdPartyGates = [
  'client',
  'address',
  'request',
  'consent',
  'return',
  'code',
  'token',
  'tool',
  'third party',
] as const;

export type GateId =
  | (typeof callGates)[number]
  | (typeof grantGates)[number]
  | (typeof clientGates)[number]
  | (typeof thirdPartyGates)[number];

/** Topics whose attacks are at the authorization server. */
const GRANT_TOPICS = /^0[1-4]-/;
const THIRD_PARTY_TOPIC = /^20-/;

export const isAboutGrants = (slug: string): boolean =>
  GRANT_TOPICS.test(slug) || THIRD_PARTY_TOPIC.test(slug);

/** The topic in which the client decides, and a server attacks. */
export const isAboutClients = (slug: string): boolean => slug.startsWith('22-');

export function gatesOf(slug: string): readonly GateId[] {
  if (isAboutClients(slug)) return clientGates;
  if (THIRD_PARTY_TOPIC.test(slug)) return thirdPartyGates;
  return isAboutGrants(slug) ? grantGates : callGates;
}

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
