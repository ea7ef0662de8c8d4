/** Attacks on discovery: documents that lead clients astray, or leave them standing. */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import type { LabSession, LabReply } from '../../../lab/protocol.ts';
import { authorize, CALLBACK, makeProof } from '../oauth-client.ts';
import { cwe, mcp, rfc } from '../references.ts';
import {
  bearerParameters,
  describeReply,
  PARIS,
  succeeded,
  whyMetadataUnusable,
} from '../replies.ts';

const discovery = mcp(
  'basic/authorization',
  'authorization-server-discovery',
  'Authorization Server Discovery',
);

const AUTHORIZATION_SERVER = '/.well-known/oauth-authorization-server';
const PROTECTED_RESOURCE = '/.well-known/oauth-protected-resource';

type Document = 'authorization server metadata' | 'protected resource metadata' | 'challenge';

const attacks: Attack[] = [
  defineAttack<{ document: Document }>({
    id: 'discovery-broken',
    title: 'A client that follows the standards',
    level: 'core',
    story:
      'No attacker yet: a careful client reads what the server says about itself, and compares. Where the documents disagree, or leave something out, it has to stop, or falls back to something weaker.',
    secureAnswer:
      'Three things that agree: the 401 points at the protected resource metadata, that names this resource and its authorization server, and the authorization server names itself, its endpoints, and S256.',
    lessonAnchor: 'two-documents',
    references: [rfc(9728, '3.3'), rfc(8414, '2'), rfc(8414, '3.3'), discovery],
    payload: z.strictObject({
      document: z.enum([
        'authorization server metadata',
        'protected resource metadata',
        'challenge',
      ]),
    }),
    variants: {
      'authorization server metadata': { document: 'authorization server metadata' },
      'protected resource metadata': { document: 'protected resource metadata' },
      challenge: { document: 'challenge' },
    },
    async fire({ document }, lab) {
      switch (document) {
        case 'authorization server metadata':
          return judgeAuthorizationServer(lab);
        case 'protected resource metadata':
          return judgeProtectedResource(lab);
        case 'challenge':
          return judgeChallenge(lab);
      }
    },
  }),

  defineAttack<{ headers: Record<string, string> }>({
    id: 'metadata-host-poisoning',
    title: 'A host of the attacker’s choice',
    level: 'core',
    story:
      'The attacker asks for the documents with a host name of their own in the request headers. If the answer is cached on the way, or the attacker sits in front of the client, the next user signs in at the attacker’s server.',
    secureAnswer:
      'The same documents as ever, built from configuration; or a refusal, since nobody honest calls the server by that name.',
    lessonAnchor: 'built-from-configuration',
    references: [
      rfc(8414, '3.3'),
      rfc(9728, '7.3'),
      cwe(644, 'Improper Neutralization of HTTP Headers for Scripting Syntax'),
    ],
    payload: z.strictObject({ headers: z.record(z.string(), z.string()) }),
    variants: {
      Host: { headers: { host: '{{evil}}' } },
      'X-Forwarded-Host': {
        headers: { 'x-forwarded-host': '{{evil}}', 'x-forwarded-proto': 'https' },
      },
      'every proxy header': {
        headers: {
          forwarded: 'host={{evil}};proto=https',
          'x-forwarded-host': '{{evil}}',
          'x-forwarded-port': '9',
          'x-forwarded-prefix': '/{{evil}}',
          'x-forwarded-server': '{{evil}}',
          'x-original-host': '{{evil}}',
          'x-host': '{{evil}}',
        },
      },
      // The right name, so a list of allowed names lets it pass, and the port of another program.
      'right name, other port': { headers: { host: '127.0.0.1:9' } },
    },
    async fire({ headers }, lab) {
      const evil = `evil-${lab.nonce}.example`;
      const sent = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replaceAll('{{evil}}', evil)]),
      );
      const ordinary = (await askEverywhere(lab, {})).flatMap(({ addresses }) => addresses);
      const breaches = (await askEverywhere(lab, sent)).flatMap(({ reply, addresses }) => {
        const planted = addresses.find(
          (address) => address.includes(evil) || !ordinary.includes(address),
        );
        return planted ? [`The answer sends clients to ${planted}: ${describeReply(reply)}`] : [];
      });
      return { breaches, complaints: [] };
    },
  }),
];

/** Both documents and a challenge, with the addresses that clients would follow from there. */
async function askEverywhere(
  lab: LabSession,
  headers: Record<string, string>,
): Promise<{ reply: LabReply; addresses: string[] }[]> {
  const replies: LabReply[] = [];
  for (const path of [AUTHORIZATION_SERVER, PROTECTED_RESOURCE, `${PROTECTED_RESOURCE}/mcp`]) {
    replies.push(await lab.send({ path, headers }, 'metadata'));
  }
  replies.push(await lab.call('get_weather', PARIS, { headers, label: 'challenge' }));
  return replies.map((reply) => {
    // A refusal may well name the host that it does not know; nobody follows that.
    const followed = `${reply.status === 200 ? reply.text : ''} ${reply.headers['www-authenticate'] ?? ''}`;
    return { reply, addresses: followed.match(/(?:\w+:)?\/\/[^\s"\\]+/g) ?? [] };
  });
}

async function fetchDocument(
  lab: LabSession,
  path: string,
): Promise<Record<string, unknown> | string> {
  const reply = await lab.send({ path }, 'metadata');
  const isObject =
    typeof reply.json === 'object' && reply.json !== null && !Array.isArray(reply.json);
  if (reply.status !== 200 || !isObject)
    return `${path} has no JSON document: ${describeReply(reply)}`;
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(reply.headers['content-type'] ?? '')) {
    return `${path} is not sent as application/json.`;
  }
  return reply.json as Record<string, unknown>;
}

async function judgeAuthorizationServer(lab: LabSession): Promise<Findings> {
  const document = await fetchDocument(lab, AUTHORIZATION_SERVER);
  if (typeof document === 'string') return { breaches: [document], complaints: [] };
  const { issuer } = lab.config;
  const breaches: string[] = [];
  const complaints: string[] = [];
  const lists = (member: string, value: string): boolean =>
    Array.isArray(document[member]) && (document[member] as unknown[]).includes(value);

  if (document.issuer !== issuer) {
    breaches.push(
      `issuer is ${show(document.issuer)}, while tokens say ${show(issuer)}: a client that compares them stops here.`,
    );
  }
  if (!lists('code_challenge_methods_supported', 'S256')) {
    breaches.push(
      'code_challenge_methods_supported does not list S256: a client must refuse to go on.',
    );
  }
  if (lists('code_challenge_methods_supported', 'plain')) {
    breaches.push(
      'code_challenge_methods_supported offers plain: whoever reads the request can redeem the code.',
    );
  }
  for (const [member, path] of [
    ['authorization_endpoint', '/authorize'],
    ['token_endpoint', '/token'],
    ['jwks_uri', '/jwks'],
  ] as const) {
    if (document[member] !== new URL(path, issuer).href) {
      breaches.push(
        `${member} is ${show(document[member])}; the endpoint is at ${new URL(path, issuer).href}.`,
      );
    }
  }
  if (!lists('token_endpoint_auth_methods_supported', 'none')) {
    breaches.push(
      'token_endpoint_auth_methods_supported does not list none: a public client has no way to authenticate.',
    );
  }
  if (!lists('response_types_supported', 'code')) {
    breaches.push('response_types_supported does not list code.');
  }
  for (const [member, value] of [
    ['response_types_supported', 'token'],
    ['grant_types_supported', 'implicit'],
    ['grant_types_supported', 'password'],
  ] as const) {
    if (lists(member, value)) {
      breaches.push(
        `${member} offers ${value}, which OAuth 2.1 removed and this server does not have: a client that picks it exposes its user for nothing.`,
      );
    }
  }
  if (document.authorization_response_iss_parameter_supported !== true) {
    breaches.push(
      'authorization_response_iss_parameter_supported is not true, though answers carry iss: clients cannot rely on it against mix-up.',
    );
  }
  const registration = document.registration_endpoint;
  if (
    registration !== new URL('/register', issuer).href &&
    document.client_id_metadata_document_supported !== true
  ) {
    breaches.push(`registration_endpoint is ${show(registration)}: a new client has no way in.`);
  }
  for (const type of ['authorization_code', 'refresh_token']) {
    if (!lists('grant_types_supported', type)) {
      complaints.push(
        `grant_types_supported does not list ${type}, which the token endpoint offers.`,
      );
    }
  }
  return { breaches, complaints };
}

async function judgeProtectedResource(lab: LabSession): Promise<Findings> {
  const breaches: string[] = [];
  const complaints: string[] = [];
  for (const path of [`${PROTECTED_RESOURCE}/mcp`, PROTECTED_RESOURCE]) {
    const document = await fetchDocument(lab, path);
    if (typeof document === 'string') {
      breaches.push(document);
      continue;
    }
    const servers = document.authorization_servers;
    const methods = document.bearer_methods_supported;
    if (document.resource !== lab.config.resource) {
      breaches.push(
        `${path}: resource is ${show(document.resource)}, while the server is ${show(lab.config.resource)}: a client must not use the document.`,
      );
    }
    if (!Array.isArray(servers) || !servers.includes(lab.config.issuer)) {
      breaches.push(
        `${path}: authorization_servers is ${show(servers)}: a client does not learn who issues tokens.`,
      );
    }
    if (Array.isArray(methods) && methods.join() !== 'header') {
      complaints.push(
        `${path}: bearer_methods_supported is ${show(methods)}; tokens travel in the header and nowhere else.`,
      );
    }
  }
  return { breaches, complaints };
}

/** What `error` may say in a challenge (RFC 6750 §3.1). */
const ERROR_CODES = ['invalid_request', 'invalid_token', 'insufficient_scope'];

async function judgeChallenge(lab: LabSession): Promise<Findings> {
  const breaches: string[] = [];
  const complaints: string[] = [];
  const expired = await lab.mint({ expiresIn: -600 });
  for (const [token, what] of [
    [undefined, 'no token'],
    [expired, 'an expired token'],
  ] as const) {
    const reply = await lab.call('get_weather', PARIS, {
      ...(token === undefined ? {} : { token }),
      label: `call with ${what}`,
    });
    const parameters = bearerParameters(reply.headers['www-authenticate']);
    if (!parameters) {
      breaches.push(`With ${what} the answer has no Bearer challenge: ${describeReply(reply)}`);
      continue;
    }
    if (!parameters.resource_metadata) {
      breaches.push(
        `With ${what} the challenge has no resource_metadata that can be read (quoted, with commas between parameters): a client does not learn where to get a token.`,
      );
      continue;
    }
    const problem = await whyMetadataUnusable(lab, parameters.resource_metadata);
    if (problem) breaches.push(problem);
    if (parameters.error !== undefined && !ERROR_CODES.includes(parameters.error)) {
      complaints.push(
        `With ${what} the challenge says error=${show(parameters.error)}; clients know ${ERROR_CODES.join(', ')}.`,
      );
    } else if (token !== undefined && parameters.error !== 'invalid_token') {
      complaints.push(
        `With ${what} the challenge says error=${show(parameters.error)}; invalid_token tells a client to refresh.`,
      );
    }
  }
  return { breaches, complaints };
}

const show = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value));

const uses: LegitimateUse[] = [
  {
    id: 'client-finds-its-way',
    title: 'A new client finds its way to a token',
    why: 'From a 401 to a tool call, with nothing but the server’s address: discovery, registration, consent, token.',
    lessonAnchor: 'two-documents',
    references: [discovery, rfc(9728, '5'), rfc(7591, '3.1')],
    worksOnBaseline: false,
    try: walkTheWholeWay,
  },
  {
    id: 'documents-need-no-token',
    title: 'The documents are there for everybody',
    why: 'A client reads them before it has a token.',
    lessonAnchor: 'two-documents',
    references: [rfc(9728, '3.2'), rfc(8414, '3.2')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const path of [AUTHORIZATION_SERVER, PROTECTED_RESOURCE, `${PROTECTED_RESOURCE}/mcp`]) {
        const document = await fetchDocument(lab, path);
        if (typeof document === 'string') problems.push(document);
      }
      return problems;
    },
  },
];

/** What an MCP client does on its first day; stops at the first thing it cannot use. */
async function walkTheWholeWay(lab: LabSession): Promise<string[]> {
  const pathOf = (url: unknown): string => {
    const { origin } = new URL(lab.config.resource);
    if (typeof url !== 'string' || !URL.canParse(url) || new URL(url).origin !== origin) {
      throw new Error(`a client cannot use the address ${show(url)}`);
    }
    return url.slice(origin.length);
  };
  try {
    const refused = await lab.call('get_weather', PARIS, { label: 'call without a token' });
    const challenge = bearerParameters(refused.headers['www-authenticate']);
    const resource = await fetchDocument(lab, pathOf(challenge?.resource_metadata));
    if (typeof resource === 'string') return [resource];
    if (resource.resource !== lab.config.resource) {
      return [
        `The metadata is about ${show(resource.resource)}, and not about the server that was called.`,
      ];
    }
    const servers = (resource.authorization_servers ?? []) as string[];
    const issuer = servers.includes(lab.config.issuer) ? lab.config.issuer : servers[0];
    // The well-known part goes in front of the issuer's path (RFC 8414 §3.1).
    const server = await fetchDocument(
      lab,
      `${AUTHORIZATION_SERVER}${pathOf(issuer).replace(/\/$/, '')}`,
    );
    if (typeof server === 'string') return [server];
    if (server.issuer !== issuer) {
      return [`The document of ${show(issuer)} says that its issuer is ${show(server.issuer)}.`];
    }

    const metadata = {
      redirect_uris: [CALLBACK],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    };
    const clientId = await becomeClient(lab, server, pathOf, metadata);
    const proof = makeProof();
    const asked = {
      client_id: clientId,
      redirect_uri: CALLBACK,
      resource: lab.config.resource,
    };
    const answer = await authorize(
      lab,
      clientId,
      { ...asked, code_challenge: proof.challenge },
      { endpoint: pathOf(server.authorization_endpoint) },
    );
    const tokens = await lab.send(
      {
        path: pathOf(server.token_endpoint),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          ...asked,
          grant_type: 'authorization_code',
          code: answer.code ?? '',
          code_verifier: proof.verifier,
        }).toString(),
      },
      'token',
    );
    const token = (tokens.json as { access_token?: string } | undefined)?.access_token;
    if (!token) return [`The token endpoint gave no access token: ${describeReply(tokens)}`];
    const reply = await lab.call('get_weather', PARIS, { token, label: 'call with the token' });
    return succeeded(reply) ? [] : [`The call with the new token failed: ${describeReply(reply)}`];
  } catch (error) {
    return [`The client had to stop: ${(error as Error).message}.`];
  }
}

/** Registers, or publishes a client document where the metadata offers only that. */
async function becomeClient(
  lab: LabSession,
  server: Record<string, unknown>,
  pathOf: (url: unknown) => string,
  metadata: Record<string, unknown>,
): Promise<string> {
  if (
    server.registration_endpoint === undefined &&
    server.client_id_metadata_document_supported === true
  ) {
    const clientId = `https://${lab.nonce}.client.example/client.json`;
    await lab.publish(clientId, { body: { ...metadata, client_id: clientId } });
    return clientId;
  }
  const reply = await lab.send(
    { path: pathOf(server.registration_endpoint), body: { client_name: 'Workbook', ...metadata } },
    'registration',
  );
  return (reply.json as { client_id?: string } | undefined)?.client_id ?? '';
}

export const catalogue: TopicCatalogue = { attacks, uses };
