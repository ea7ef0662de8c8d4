import { MADE_REFRESH_TOKEN, refuse, type Asked, type Sent } from './made.ts';

/** One client is enough for a test. */
const CLIENT = 'made-client';

export function answerAuthorization(asked: Asked): Sent | undefined {
  if (asked.url.pathname === '/register') return register(asked);
  if (asked.url.pathname === '/authorize') return authorize(asked);
  if (asked.url.pathname === '/token') return token(asked);
  return undefined;
}

const isLoopback = (uri: string): boolean => uri.startsWith('http://127.0.0.1');

function register({ body, made }: Asked): Sent {
  const { redirect_uris: uris } = JSON.parse(body) as { redirect_uris: string[] };
  return uris.every(isLoopback) || made.flaws.has('registered-redirects-safe')
    ? { status: 201, body: { client_id: CLIENT, redirect_uris: uris } }
    : { status: 400, body: { error: 'invalid_redirect_uri' } };
}

function authorize({ url, made: { flaws, origin } }: Asked): Sent {
  const { searchParams } = url;
  const redirectUri = searchParams.get('redirect_uri') ?? '';
  const state = searchParams.get('state') ?? '';
  if (!isLoopback(redirectUri) && !flaws.has('redirect-exact')) {
    return refuse(400, 'The redirect URI is not registered.');
  }
  const goBack = (outcome: Record<string, string>): Sent => {
    const answer = new URLSearchParams({
      ...outcome,
      state: flaws.has('state-returned') ? state.slice(0, -1) : state,
      ...(flaws.has('issuer-in-answers') || flaws.has('issuer-in-answers-offered')
        ? {}
        : { iss: origin }),
    });
    return { status: 302, headers: { location: `${redirectUri}?${answer}` } };
  };
  if (!isLoopback(redirectUri)) return goBack({ code: 'a-code' });
  if (!searchParams.has('code_challenge')) {
    return goBack(flaws.has('pkce-required') ? { code: 'a-code' } : { error: 'invalid_request' });
  }
  const policy = flaws.has('consent-unframed') ? '' : "frame-ancestors 'none'";
  return {
    status: 200,
    body: '<h1>Allow?</h1>',
    headers: { 'content-type': 'text/html', 'content-security-policy': policy },
  };
}

/** The code has been used by the sign-in that is played; a refresh token is good once. */
function token({ body, made: { flaws, spent } }: Asked): Sent {
  const refreshToken = new URLSearchParams(body).get('refresh_token');
  const isGood =
    refreshToken === null
      ? flaws.has('code-once')
      : refreshToken === MADE_REFRESH_TOKEN && !spent.has(refreshToken);
  if (!isGood) return { status: 400, body: { error: 'invalid_grant' } };
  spent.add(MADE_REFRESH_TOKEN);
  const isReplaced = !flaws.has('refresh-replaced');
  return {
    status: 200,
    body: {
      access_token: 'another-access-token-of-the-made-server',
      token_type: 'Bearer',
      ...(isReplaced && { refresh_token: 'another-refresh-token-of-the-made-server' }),
    },
  };
}
