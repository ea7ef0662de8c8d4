/** Where the browser comes back to: a port of this machine that is open for one answer only. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const PATH = '/callback';

export interface CallbackListener {
  redirectUri: string;
  /** The first answer with this state; anything else that calls is turned away. */
  answerTo(state: string, withinMs: number): Promise<URLSearchParams | undefined>;
  close(): void;
}

export async function listenForCallback(): Promise<CallbackListener> {
  let state: string | undefined;
  let settle: (answer: URLSearchParams | undefined) => void = () => undefined;
  const answered = new Promise<URLSearchParams | undefined>((resolve) => (settle = resolve));

  const server = createServer((request, response) => {
    const answer = answerIn(request, port);
    const isOurs = answer !== undefined && state !== undefined && answer.get('state') === state;
    response.writeHead(isOurs ? 200 : 400, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    response.end(isOurs ? 'Thank you. You can close this page.\n' : 'Nothing waits for this.\n');
    if (isOurs) settle(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    redirectUri: `http://127.0.0.1:${port}${PATH}`,
    async answerTo(expected, withinMs) {
      state = expected;
      const timer = setTimeout(() => settle(undefined), withinMs);
      try {
        return await answered;
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answerIn({ method, url = '', headers }: IncomingMessage, port: number) {
  const isForUs = method === 'GET' && headers.host === `127.0.0.1:${port}`;
  const [path, query] = [url.split('?')[0], url.split('?').slice(1).join('?')];
  return isForUs && path === PATH ? new URLSearchParams(query) : undefined;
}
