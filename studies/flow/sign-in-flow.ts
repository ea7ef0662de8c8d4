/** How a client signs in and calls: the eight steps, and the switches. */
import type { Flow, FlowStep, Sabotage } from './shared.ts';

const parties = ['client', 'browser', 'authorization server', 'MCP server'] as const;

const steps = [
  {
    id: 'challenge',
    title: 'Ask without a token',
    story:
      'The client knows one address and simply calls. The answer is 401, with a header that says where to read on.',
    topic: '01-oauth-discovery',
    lessonAnchor: 'one-header',
    messages: [['client', 'MCP server']],
  },
  {
    id: 'resource-metadata',
    title: 'Read about the resource',
    story:
      'The protected resource metadata names this very server, and who issues tokens for it. The client compares the first and remembers the second.',
    topic: '01-oauth-discovery',
    lessonAnchor: 'two-documents',
    messages: [['client', 'MCP server']],
  },
  {
    id: 'server-metadata',
    title: 'Read about the authorization server',
    story:
      'The authorization server metadata names its endpoints and promises S256. The client compares the issuer with the one it asked for.',
    topic: '01-oauth-discovery',
    lessonAnchor: 'two-documents',
    messages: [['client', 'authorization server']],
  },
  {
    id: 'registration',
    title: 'Become a client',
    story:
      'The client registers its redirect URI and gets a client_id, or presents a URL as its client_id. It proves nothing by that; it only gets a name.',
    topic: '02-client-registration',
    lessonAnchor: 'where-codes-may-go',
    messages: [['client', 'authorization server']],
  },
  {
    id: 'authorization',
    title: 'Ask the user',
    story:
      'The client makes a code_verifier, keeps it, and sends the browser off with the code_challenge made from it. The user agrees on the server’s page, and the browser comes back with a code.',
    topic: '03-pkce',
    lessonAnchor: 'the-proof',
    messages: [
      ['client', 'browser'],
      ['browser', 'authorization server'],
    ],
  },
  {
    id: 'token',
    title: 'Redeem the code',
    story:
      'The client sends the code with the verifier, which only it has, and gets an access token and a refresh token.',
    topic: '04-token-grants',
    lessonAnchor: 'once',
    messages: [['client', 'authorization server']],
  },
  {
    id: 'call',
    title: 'Call a tool',
    story:
      'The access token travels in the Authorization header. The server verifies it and runs the tool.',
    topic: '05-access-tokens',
    lessonAnchor: 'verify-then-read',
    messages: [['client', 'MCP server']],
  },
  {
    id: 'refresh',
    title: 'Stay signed in',
    story:
      'When the access token is about to expire, the client trades its refresh token for new ones. Each refresh token works once.',
    topic: '04-token-grants',
    lessonAnchor: 'the-family',
    messages: [['client', 'authorization server']],
  },
] as const satisfies readonly FlowStep<(typeof parties)[number]>[];
export type SignInStep = (typeof steps)[number]['id'];

const sabotages = [
  {
    id: 'no-challenge',
    label: 'Leave the challenge out',
    story:
      'The request carries no code_challenge, so whoever gets the code can redeem it. It should be refused.',
    step: 'authorization',
    topic: '03-pkce',
  },
  {
    id: 'plain',
    label: 'Use the method plain',
    story:
      'The challenge is the verifier itself, in front of everybody who sees the URL. It should be refused.',
    step: 'authorization',
    topic: '03-pkce',
  },
  {
    id: 'other-redirect',
    label: 'Another redirect URI',
    story:
      'The code is to go to https://evil.example/cb, which nobody registered. The request should end on the server’s own page.',
    step: 'authorization',
    topic: '03-pkce',
  },
  {
    id: 'drop-verifier',
    label: 'Drop the verifier',
    story: 'The code is redeemed without its code_verifier, as by somebody who only read the code.',
    step: 'token',
    topic: '03-pkce',
  },
  {
    id: 'swap-verifier',
    label: 'Swap the verifier',
    story: 'The code is redeemed with a verifier of the attacker’s own.',
    step: 'token',
    topic: '03-pkce',
  },
  {
    id: 'other-client',
    label: 'Another client',
    story: 'A second client redeems the code of the first, verifier and all.',
    step: 'token',
    topic: '04-token-grants',
  },
  {
    id: 'wrong-resource',
    label: 'Another resource',
    story: 'The client asks for a token for https://billing.example/api, to which nobody agreed.',
    step: 'token',
    topic: '04-token-grants',
  },
  {
    id: 'replay-code',
    label: 'Replay the code',
    story: 'The code is redeemed, and then redeemed again.',
    step: 'token',
    topic: '04-token-grants',
  },
  {
    id: 'wrong-iss',
    label: 'Wrong iss',
    story: 'The tool is called with a token of another issuer that shares the signing key.',
    step: 'call',
    topic: '05-access-tokens',
  },
  {
    id: 'alg-none',
    label: 'alg: none',
    story: 'The tool is called with a token that says it is admin, and is signed by nobody.',
    step: 'call',
    topic: '05-access-tokens',
  },
  {
    id: 'expired',
    label: 'Expired',
    story: 'The tool is called with a token that expired an hour ago.',
    step: 'call',
    topic: '05-access-tokens',
  },
  {
    id: 'old-refresh-token',
    label: 'Bring back an old refresh token',
    story:
      'After two refreshes the first refresh token is presented again, as by somebody who copied it.',
    step: 'refresh',
    topic: '04-token-grants',
  },
] as const satisfies readonly (Sabotage & { step: SignInStep })[];

export const signInFlow: Flow = {
  id: 'sign-in',
  title: 'A client signs in',
  note: 'topics 01 to 06',
  about:
    'This is how a client that knows one address comes to call a tool for a user: it reads two documents, registers, lets the user agree, and shows a token.',
  topic: '03-pkce',
  parties,
  steps,
  sabotages,
};
