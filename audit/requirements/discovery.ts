/** The document that says whose tokens the server takes (RFC 9728). */
import { cwe, rfc } from '../../catalogue/attacks/references.ts';
import { isSuccess } from '../json-rpc.ts';
import {
  challengeIn,
  documentIn,
  isAnswered,
  isOpen,
  isResourceMetadata,
  isWebAddress,
  issuerIn,
  METADATA_PROBES,
  parametersOf,
  replyTo,
  resourceMetadata,
  stringsIn,
  usesOAuth,
} from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  mcp,
  notApplicable,
  pass,
  quote,
  type Group,
  type Judgement,
} from '../requirement.ts';
import type { Seen } from '../seen.ts';
import { comesFromConfiguration } from './comes-from-configuration.ts';
import { namesItself } from './names-itself.ts';

type Document = Record<string, unknown>;

const whyNone = (seen: Seen): Judgement =>
  usesOAuth(seen)
    ? cannotTell('The server’s metadata could not be read.')
    : isAnswered(seen)
      ? notApplicable('The server shows no sign of OAuth, which is optional in MCP.')
      : cannotTell('The server shows no sign of OAuth, which is optional in MCP.');

/** Judges the document that a client would use. */
const judgeDocument =
  (judge: (document: Document, seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const found = resourceMetadata(seen.answers);
    return found ? judge(found.document, seen) : whyNone(seen);
  };

const offersMetadata = (seen: Seen): Judgement => {
  const found = resourceMetadata(seen.answers);
  if (found) return pass(`The document is there: ${found.probe}.`);
  if (!usesOAuth(seen)) return whyNone(seen);
  const tried = METADATA_PROBES.flatMap((probe) => replyTo(seen.answers, probe) ?? []);
  const isNowhere =
    tried.length > 0 && tried.every(({ status }) => [404, 405, 410].includes(status));
  return isNowhere
    ? fail('There is no document at the addresses where clients look for it.')
    : cannotTell(tried[0] ? `It answered ${describe(tried[0])}.` : 'Nothing answered there.');
};

/** Documents of both kinds, each with the answer that brought it. */
const sentAsJson = (seen: Seen): Judgement => {
  const probes = [...METADATA_PROBES, 'server metadata'] as const;
  const replies = probes.flatMap((probe) =>
    documentIn(seen.answers[probe]) ? (replyTo(seen.answers, probe) ?? []) : [],
  );
  const wrong = replies.find(
    ({ headers, status }) =>
      status !== 200 || !/^application\/(?:[\w.-]+\+)?json\b/i.test(headers['content-type'] ?? ''),
  );
  if (replies.length === 0) return whyNone(seen);
  return wrong
    ? fail(`A document was sent with ${describe(wrong)}.`)
    : pass('Documents were sent with HTTP 200 as application/json.');
};

const namesAuthorizationServers = judgeDocument(({ authorization_servers: servers }) => {
  const named = stringsIn(servers);
  if (named.length === 0) return fail('The document names no authorization server.');
  const odd = named.find((server) => !isWebAddress(server));
  return odd === undefined
    ? pass(`It names ${quote(named.join(', '))}.`)
    : fail(`It names ${quote(odd)}, which is no address.`);
});

const agrees = (seen: Seen): Judgement => {
  const found = resourceMetadata(seen.answers);
  if (!found) return whyNone(seen);
  if (issuerIn(seen.answers) === undefined) {
    return cannotTell('The document names no authorization server.');
  }
  // One answer may stand under two names; it does not agree with itself.
  const own = seen.answers[found.probe];
  const elsewhere = METADATA_PROBES.filter((probe) => seen.answers[probe] !== own);
  const others = elsewhere.flatMap((probe) => {
    const document = documentIn(seen.answers[probe]);
    // At the root there may be a document about another resource.
    return document && document.resource === found.document.resource ? [document] : [];
  });
  if (others.length === 0) return notApplicable('There is one document only.');
  const servers = (document: Document): string =>
    stringsIn(document.authorization_servers).sort().join(' ');
  return others.every((other) => servers(other) === servers(found.document))
    ? pass('The documents at different addresses name the same authorization servers.')
    : fail('Documents about the same resource name different authorization servers.');
};

const leadsToMetadata = (seen: Seen): Judgement => {
  const challenge = challengeIn(seen.answers);
  if (!challenge) {
    return isOpen(seen.answers)
      ? notApplicable('The server asks for no token.')
      : cannotTell('No request was answered with 401.');
  }
  if (challenge.headers['www-authenticate'] === undefined) {
    return cannotTell('The 401 has no challenge, and so none that could lead anywhere.');
  }
  const named = parametersOf(challenge)?.resource_metadata;
  if (named === undefined) return cannotTell('The challenge has no resource_metadata.');
  if (!isWebAddress(named)) return fail(`resource_metadata is ${quote(named)}.`);
  const answer = seen.answers['metadata of the challenge'];
  if (answer.kind === 'silence') return cannotTell(answer.why);
  const document = documentIn(answer);
  if (document && isResourceMetadata(document)) {
    return pass(`It leads to the document at ${quote(named)}.`);
  }
  return isSuccess(answer) || [404, 410].includes(answer.status)
    ? fail(`At ${quote(named)} there is no document: ${describe(answer)}.`)
    : cannotTell(`At ${quote(named)} it answered ${describe(answer)}.`);
};

const takesTokensInHeaders = judgeDocument(({ bearer_methods_supported: methods }) => {
  if (!Array.isArray(methods)) return notApplicable('The document does not say where tokens go.');
  return methods.includes('query')
    ? fail('The document says that tokens may be sent in the query.')
    : pass(`Tokens may be sent by ${quote(stringsIn(methods).join(', '))}.`);
});

const OFFLINE = 'offline_access';
const asksForNoOfflineAccess = (seen: Seen): Judgement => {
  const scope = parametersOf(challengeIn(seen.answers))?.scope;
  const supported = resourceMetadata(seen.answers)?.document.scopes_supported;
  if (scope === undefined && !Array.isArray(supported)) {
    return notApplicable('Neither challenge nor document names scopes.');
  }
  const inChallenge = scope?.split(' ').includes(OFFLINE) ?? false;
  return inChallenge || stringsIn(supported).includes(OFFLINE)
    ? fail(`${OFFLINE} is named ${inChallenge ? 'in the challenge' : 'in scopes_supported'}.`)
    : pass(`${OFFLINE} is not among the scopes that are named.`);
};

export const discovery: Group = {
  title: 'Protected resource metadata',
  isOfOAuth: true,
  requirements: [
    {
      id: 'resource-metadata',
      title: 'A server that takes tokens says whose',
      level: 'MUST',
      reference: mcp(
        'basic/authorization/authorization-server-discovery#protected-resource-metadata-discovery-requirements',
        'Protected Resource Metadata Discovery Requirements',
      ),
      fix: 'Serve /.well-known/oauth-protected-resource, with the path of the endpoint behind it.',
      lesson: '01-oauth-discovery#two-documents',
      judge: offersMetadata,
    },
    {
      id: 'challenge-leads-to-metadata',
      title: 'The challenge leads to the metadata',
      level: 'MUST',
      reference: rfc(9728, '5.1'),
      fix: 'Put resource_metadata="https://…" into the challenge, quoted, with the address of the document.',
      lesson: '01-oauth-discovery#one-header',
      judge: leadsToMetadata,
    },
    {
      id: 'resource-identical',
      title: 'The metadata is about the address that was asked',
      level: 'MUST',
      reference: rfc(9728, '3.3'),
      fix: 'Set resource to the URL of the endpoint as clients call it, character by character.',
      lesson: '01-oauth-discovery#two-documents',
      judge: judgeDocument(namesItself),
    },
    {
      id: 'authorization-servers-named',
      title: 'The metadata names an authorization server',
      level: 'MUST',
      reference: mcp(
        'basic/authorization/authorization-server-discovery#authorization-server-location',
        'Authorization Server Location',
      ),
      fix: 'List at least one issuer in authorization_servers.',
      lesson: '01-oauth-discovery#two-documents',
      judge: namesAuthorizationServers,
    },
    {
      id: 'metadata-agrees',
      title: 'Documents at different addresses agree',
      level: 'checklist',
      reference: rfc(9728, '3.1'),
      fix: 'Serve one document at all its addresses.',
      lesson: '01-oauth-discovery#two-documents',
      judge: agrees,
    },
    {
      id: 'metadata-json',
      title: 'Documents come as JSON with 200',
      level: 'MUST',
      reference: rfc(9728, '3.2'),
      fix: 'Send documents with HTTP 200 as application/json.',
      lesson: '01-oauth-discovery#two-documents',
      judge: sentAsJson,
    },
    {
      id: 'metadata-from-configuration',
      title: 'Documents do not repeat the host of the request',
      level: 'checklist',
      reference: cwe(644, 'Improper Neutralization of HTTP Headers for Scripting Syntax'),
      fix: 'Build documents from what the operator configured, never from Host or X-Forwarded-Host.',
      lesson: '01-oauth-discovery#built-from-configuration',
      judge: comesFromConfiguration,
    },
    {
      id: 'tokens-in-headers',
      title: 'The metadata offers no tokens in the query',
      level: 'MUST',
      reference: mcp('basic/authorization#token-requirements', 'Token Requirements'),
      fix: 'Set bearer_methods_supported to ["header"].',
      lesson: '05-access-tokens#where-the-token-travels',
      judge: takesTokensInHeaders,
    },
    {
      id: 'no-offline-access',
      title: 'offline_access is not asked for',
      level: 'SHOULD',
      reference: mcp('basic/authorization#refresh-tokens', 'Refresh Tokens'),
      fix: 'Leave offline_access out of challenges and scopes_supported: refresh tokens are no need of the resource.',
      lesson: '06-scopes#what-clients-do',
      judge: asksForNoOfflineAccess,
    },
  ],
};
