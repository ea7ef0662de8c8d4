/** What the authorization server says about itself (RFC 8414, OpenID Connect Discovery). */
import { link, rfc } from '../../catalogue/attacks/references.ts';
import { isPrivateWay } from '../near-names.ts';
import { issuerIn, serverMetadata, stringsIn, isWebAddress } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  mcp,
  pass,
  quote,
  type Group,
  type Judgement,
} from '../requirement.ts';
import type { Seen } from '../seen.ts';

type Document = Record<string, unknown>;

const judgeDocument =
  (judge: (document: Document, seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const document = serverMetadata(seen.answers);
    if (document) return judge(document, seen);
    const answer = seen.answers['server metadata'];
    return cannotTell(
      answer.kind === 'silence' ? answer.why : `There is no document: ${describe(answer)}.`,
    );
  };

const offersMetadata = (seen: Seen): Judgement => {
  if (serverMetadata(seen.answers))
    return pass('The document of the authorization server is there.');
  const answer = seen.answers['server metadata'];
  if (answer.kind === 'silence') return cannotTell(answer.why);
  const issuer = issuerIn(seen.answers);
  return issuer !== undefined && answer.status === 404
    ? fail(`${quote(issuer)} has no document at the addresses where clients look for it.`)
    : cannotTell(`It answered ${describe(answer)}.`);
};

const namesItself = judgeDocument(({ issuer }, { answers }) => {
  const expected = issuerIn(answers);
  if (expected === undefined) return cannotTell('No document said which issuer to expect.');
  return issuer === expected
    ? pass(`The issuer is ${quote(expected)} in both documents.`)
    : fail(`The resource names ${quote(expected)}, and that server calls itself ${quote(issuer)}.`);
});

/** Where no user is sent there, RFC 8414 §2 does not ask for an authorization endpoint. */
const sendsUsers = ({ grant_types_supported: named }: Document): boolean => {
  const grants = stringsIn(named);
  return (
    grants.length === 0 || ['authorization_code', 'implicit'].some((one) => grants.includes(one))
  );
};

const isComplete = judgeDocument((document) => {
  const isAsked = sendsUsers(document);
  const endpoints = isAsked ? ['authorization_endpoint', 'token_endpoint'] : ['token_endpoint'];
  const missing = ['issuer', ...endpoints].filter((member) => {
    const value = document[member];
    return typeof value !== 'string' || !isWebAddress(value);
  });
  const types = stringsIn(document.response_types_supported);
  if (isAsked && !types.includes('code')) missing.push('"code" in response_types_supported');
  return missing.length > 0
    ? fail(`The document lacks ${missing.join(', ')}.`)
    : pass('The document has issuer, endpoints and response types.');
});

const isOverTls = judgeDocument((document) => {
  const endpoints = Object.entries(document).flatMap(([name, value]) =>
    /(?:_endpoint|^issuer|^jwks_uri)$/.test(name) &&
    typeof value === 'string' &&
    isWebAddress(value)
      ? [{ name, url: new URL(value) }]
      : [],
  );
  const open = endpoints.find(({ url }) => !isPrivateWay(url));
  if (endpoints.length === 0) return cannotTell('The document names no endpoint.');
  if (open) return fail(`${quote(open.name)} is ${quote(open.url.href)}.`);
  return endpoints.every(({ url }) => url.protocol === 'https:')
    ? pass('All endpoints are https.')
    : pass('All endpoints are https, or on this machine.');
});

const challengeMethods = (judge: (methods: string[]) => Judgement) =>
  judgeDocument((document) => judge(stringsIn(document.code_challenge_methods_supported)));

const supportsS256 = challengeMethods((methods) =>
  methods.includes('S256')
    ? pass(`code_challenge_methods_supported has ${quote(methods.join(', '))}.`)
    : fail(
        methods.length === 0
          ? 'The document has no code_challenge_methods_supported; clients must refuse to go on.'
          : `code_challenge_methods_supported has ${quote(methods.join(', '))} only.`,
      ),
);

const supportsNoPlain = challengeMethods((methods) => {
  if (methods.length === 0) return cannotTell('The document names no method.');
  return methods.includes('plain')
    ? fail('“plain” is offered: whoever reads such a challenge holds the verifier.')
    : pass('“plain” is not offered.');
});

const offersNothingDropped = judgeDocument((document) => {
  const grants = stringsIn(document.grant_types_supported);
  const types = stringsIn(document.response_types_supported);
  const dropped = [
    ...grants.filter((grant) => ['implicit', 'password'].includes(grant)),
    ...types.filter((type) => type.split(' ').includes('token')),
  ];
  if (grants.length + types.length === 0) return cannotTell('The document names none.');
  return dropped.length > 0
    ? fail(`It offers ${quote(dropped.join(', '))}.`)
    : pass('It offers neither implicit nor password grants.');
});

const flag = (member: string, what: string) =>
  judgeDocument((document) =>
    document[member] === true
      ? pass(`${member} is true.`)
      : fail(`${member} is not true: ${what}.`),
  );

export const authorizationServer: Group = {
  title: 'Authorization server metadata',
  isOfOAuth: true,
  requirements: [
    {
      id: 'server-metadata',
      title: 'The authorization server describes itself',
      level: 'MUST',
      reference: mcp(
        'basic/authorization/authorization-server-discovery#authorization-server-metadata-discovery',
        'Authorization Server Metadata Discovery',
      ),
      fix: 'Serve /.well-known/oauth-authorization-server for the issuer, with its path behind it.',
      lesson: '01-oauth-discovery#two-documents',
      judge: offersMetadata,
    },
    {
      id: 'issuer-identical',
      title: 'The issuer is the same in both documents',
      level: 'MUST',
      reference: rfc(8414, '3.3'),
      fix: 'Write the issuer the same way everywhere, down to the slash at its end.',
      lesson: '01-oauth-discovery#two-documents',
      judge: namesItself,
    },
    {
      id: 'server-metadata-complete',
      title: 'The document has what the flow needs',
      level: 'MUST',
      reference: rfc(8414, '2'),
      fix: 'Name issuer, authorization_endpoint, token_endpoint, and response_types_supported with "code".',
      lesson: '01-oauth-discovery#two-documents',
      judge: isComplete,
    },
    {
      id: 'endpoints-over-tls',
      title: 'The endpoints are https',
      level: 'MUST',
      reference: mcp(
        'basic/authorization/security-considerations#communication-security',
        'Communication Security',
      ),
      fix: 'Serve all endpoints over https, and name them so.',
      lesson: '11-transport#tls',
      judge: isOverTls,
    },
    {
      id: 'pkce-s256',
      title: 'PKCE with S256 is offered',
      level: 'MUST',
      reference: mcp(
        'basic/authorization/security-considerations#authorization-code-protection',
        'Authorization Code Protection',
      ),
      fix: 'Set code_challenge_methods_supported to ["S256"].',
      lesson: '03-pkce#only-s256',
      judge: supportsS256,
    },
    {
      id: 'pkce-no-plain',
      title: 'PKCE with plain is not offered',
      level: 'checklist',
      reference: rfc(9700, '2.1.1'),
      fix: 'Refuse code_challenge_method=plain, and take it out of the document.',
      lesson: '03-pkce#only-s256',
      judge: supportsNoPlain,
    },
    {
      id: 'no-dropped-grants',
      title: 'Grants that OAuth 2.1 dropped are not offered',
      level: 'SHOULD',
      reference: link(
        'RFC 9700 §2.1.2 and §2.4',
        'https://www.rfc-editor.org/rfc/rfc9700#section-2.4',
      ),
      fix: 'Offer authorization_code and refresh_token; take implicit, password and response type token away.',
      lesson: '02-client-registration#what-a-client-may-say',
      judge: offersNothingDropped,
    },
    {
      id: 'issuer-in-answers-offered',
      title: 'Authorization answers carry the issuer',
      level: 'SHOULD',
      reference: mcp(
        'basic/authorization#authorization-response-validation',
        'Authorization Response Validation',
      ),
      fix: 'Send iss with every authorization response, errors included, and set authorization_response_iss_parameter_supported.',
      lesson: '03-pkce#an-answer-with-a-sender',
      judge: flag(
        'authorization_response_iss_parameter_supported',
        'clients cannot tell who answers',
      ),
    },
    {
      id: 'client-documents-offered',
      title: 'A client may be a document',
      level: 'SHOULD',
      reference: mcp(
        'basic/authorization/client-registration#client-id-metadata-documents',
        'Client ID Metadata Documents',
      ),
      fix: 'Support Client ID Metadata Documents, and set client_id_metadata_document_supported; dynamic registration is deprecated.',
      lesson: '02-client-registration#a-url-that-a-stranger-chose',
      judge: flag('client_id_metadata_document_supported', 'clients have to register'),
    },
  ],
};
