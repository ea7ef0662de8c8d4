/**
 * How a fix reads in what the server is made of. Each row was tried on the real package, where the
 * item fails without it and passes with it: `npm run test:audit`, in `scripts/test-audit/mended/`.
 */
import { PROBES, type Seen } from './seen.ts';
import { issuerIn, replyTo } from './read-seen.ts';

export const FRAMEWORKS = [
  'Express',
  'SDK v1',
  'SDK v2',
  'Hono',
  'fastmcp',
  'mcp-handler',
  'better-auth',
  'a proxy in front',
] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** By the id of the item. */
type Rows = Readonly<Record<string, string>>;

const LIMIT_BY_ZOD = 'z.string().max(100) in the schema of each tool.';
const NO_ERROR =
  'its own 401 says invalid_token to whoever sent no token: answer a request without Authorization yourself, before it, with resource_metadata and scope alone.';

export const FIXES: Readonly<Record<Framework, Rows>> = {
  Express: {
    'no-sniffing': 'app.use(helmet()) before every other line, express.json() included.',
    'no-framing': 'app.use(helmet()) before every other line, express.json() included.',
    'software-unnamed':
      "helmet(), or app.disable('x-powered-by'); an app that is mounted in another needs its own.",
    'errors-tell-nothing':
      'app.use((error, request, response, next) => …) as the last line, with all four parameters; express.json() throws into it.',
    'origin-validated':
      'a middleware before express.json() that answers 403 to any Origin but your own.',
    'host-validated':
      'a middleware before express.json() that answers 403 to any Host but your own.',
    'one-message':
      'behind express.json(): if (Array.isArray(request.body)) answer 400, and do not call next().',
  },
  'SDK v1': {
    'token-asked-for': "app.use('/mcp', requireBearerAuth({ verifier, resourceMetadataUrl })).",
    'made-up-token-refused':
      'verifyAccessToken has to throw InvalidTokenError; any other error, such as one of jose, becomes 500.',
    'altered-token-refused':
      'verifyAccessToken has to throw InvalidTokenError; any other error, such as one of jose, becomes 500.',
    'challenge-scope':
      "requireBearerAuth({ …, requiredScopes: ['read'] }) puts it into the challenge.",
    'challenge-without-error': NO_ERROR,
    'tools-limit-strings': LIMIT_BY_ZOD,
  },
  'SDK v2': {
    'token-asked-for': "app.use('/mcp', requireBearerAuth({ verifier, resourceMetadataUrl })).",
    'made-up-token-refused':
      "verifyAccessToken has to throw new OAuthError('invalid_token', …); any other error, such as one of jose, becomes 500.",
    'altered-token-refused':
      "verifyAccessToken has to throw new OAuthError('invalid_token', …); any other error, such as one of jose, becomes 500.",
    'challenge-scope':
      "requireBearerAuth({ …, requiredScopes: ['read'] }) puts it into the challenge.",
    'challenge-without-error': NO_ERROR,
    'origin-validated':
      'createMcpExpressApp() or createMcpHonoApp(); under node:http call localhostOriginValidation() or originValidation([…]) first.',
    'host-validated':
      'createMcpExpressApp() or createMcpHonoApp(); under node:http call localhostHostValidation() or hostHeaderValidation([…]) first.',
    'one-message':
      "createMcpHandler(…, { legacy: 'reject' }) if nobody needs 2025-11-25; else answer 400 to an array before it.",
    'tools-limit-strings': LIMIT_BY_ZOD,
  },
  Hono: {
    'no-sniffing': "app.use(secureHeaders()) of 'hono/secure-headers', first.",
    'no-framing': "app.use(secureHeaders()) of 'hono/secure-headers', first.",
    'origin-validated':
      'a middleware before the route that answers 403 to any Origin but your own.',
    'host-validated': 'a middleware before the route that answers 403 to any Host but your own.',
    'body-limited': "app.use('/mcp', bodyLimit({ maxSize: 1024 * 1024 })) of 'hono/body-limit'.",
    'version-refused':
      '@hono/mcp answers 404: compare the header MCP-Protocol-Version yourself before it, and answer 400.',
    'one-message':
      'if (Array.isArray(await context.req.json())) answer 400 before the transport is called.',
    'notification-accepted':
      '@hono/mcp sends the text null with its 202: after next(), replace such an answer with new Response(null, { status: 202 }).',
    'challenge-without-error':
      'answer a request without Authorization yourself, before bearerAuth, with resource_metadata and scope alone.',
    'challenge-scope': 'put scope="…" into that challenge of your own.',
    'challenge-leads-to-metadata':
      'bearerAuth points to the root, where simpleMcpAuthRouter serves nothing: name the address with the path, …/oauth-protected-resource/mcp, in a challenge of your own.',
    'metadata-from-configuration':
      'bearerAuth builds its challenge from Host: send your own, from configuration, and refuse foreign hosts before.',
  },
  fastmcp: {
    'token-asked-for': 'new FastMCP({ authenticate }), which throws a Response of 401.',
    'challenge-sent':
      'authenticate has to throw new Response(null, { status: 401, headers: { \'WWW-Authenticate\': \'Bearer resource_metadata="…", scope="…"\' } }).',
    'cors-known-readers':
      'server.start({ transportType: "httpStream", httpStream: { cors: false } }), or a list of origins.',
    'tools-limit-strings': LIMIT_BY_ZOD,
  },
  'mcp-handler': {
    'token-asked-for': 'withMcpAuth(handler, verifyToken, { required: true }).',
    'challenge-scope':
      "withMcpAuth(…, { requiredScopes: ['read'] }), or in a challenge of your own.",
    'challenge-without-error': NO_ERROR,
    'metadata-from-configuration':
      'withMcpAuth(…, { resourceUrl }) and generateProtectedResourceMetadata({ resourceUrl }): without, both are built from Host and X-Forwarded-Host.',
    'body-limited':
      'it has no limit: let the framework around it have one, such as bodyLimit of Hono.',
    'one-message': 'answer 400 to a body that begins with [ before the handler is called.',
    'tools-limit-strings': LIMIT_BY_ZOD,
  },
  'better-auth': {
    'challenge-leads-to-metadata':
      'requireMcpAuth(auth, handler, { resource }): without, the challenge points to …/api/auth, where nothing is.',
    'challenge-scope': "requireMcpAuth(auth, handler, { resource, challengeScopes: ['openid'] }).",
  },
  'a proxy in front': {
    'token-asked-for':
      'let the proxy ask for the token, and bind the server to loopback behind it.',
    'bound-to-loopback': 'bind the proxy, and let only it reach the port of the server.',
    'origin-validated': 'let the proxy answer 403 to any Origin but your own.',
    'host-validated': 'let the proxy answer 403 to any Host but your own.',
    'no-sniffing': 'let the proxy add X-Content-Type-Options: nosniff to every answer.',
    'no-framing': 'let the proxy add X-Frame-Options: DENY to every answer.',
    'software-unnamed': 'let the proxy drop X-Powered-By.',
    'cors-known-readers': 'let the proxy drop Access-Control-Allow-Origin.',
    'one-message': 'let the proxy answer 400 to a body that begins with [.',
  },
};

/** What only an answer of theirs says; of the others nothing is known from outside. */
const SIGNS: Readonly<Partial<Record<Framework, RegExp>>> = {
  Express: /^x-powered-by: Express$|<pre>Cannot [A-Z]+ \//m,
  'SDK v1': /Bad Request: Server not initialized|MCP error -32602: Tool /,
  'SDK v2': /the request headers and body disagree|JSON-RPC batches may not contain requests/,
  Hono: /^404 Not Found$/m,
  fastmcp: /server_missing_modern_protocol_support/,
  'mcp-handler': /mcp-typescript server on vercel/,
};

const LONGEST = 8192;

/** What the server shows that it is made of. */
export function madeOf({ answers }: Pick<Seen, 'answers'>): Framework[] {
  const texts = PROBES.flatMap((probe) => {
    const reply = replyTo(answers, probe);
    if (!reply) return [];
    return `x-powered-by: ${reply.headers['x-powered-by'] ?? ''}\n${reply.body.slice(0, LONGEST)}`;
  });
  const isBetterAuth = issuerIn(answers)?.endsWith('/api/auth') ?? false;
  return FRAMEWORKS.filter(
    (one) =>
      (one === 'better-auth' && isBetterAuth) || texts.some((text) => SIGNS[one]?.test(text)),
  );
}

/** The rows that apply; where nothing is known of the server, what can be put in front of it. */
export function fixesOf(id: string, frameworks: readonly Framework[]): string[] {
  const known = frameworks.filter((one) => FIXES[one][id] !== undefined);
  const chosen: readonly Framework[] = known.length > 0 ? known : ['a proxy in front'];
  return chosen.flatMap((one) => {
    const fix = FIXES[one][id];
    return fix === undefined
      ? []
      : [`${one === 'a proxy in front' ? 'With' : 'In'} ${one}: ${fix}`];
  });
}
