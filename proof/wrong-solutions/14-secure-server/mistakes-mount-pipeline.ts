import express from 'express';
import type { RequestHandler } from 'express';
import { decodeJwt } from 'jose';
import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'another-parser-in-front',
    mistake:
      'A parser of its own, with a limit for large uploads, stands in front of the one with limits.',
    caughtBy: ['whole-11-transport'],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, express.json({ limit: '50mb' }), parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'bearer-before-origin',
    mistake: 'The token is asked for first, even by a preflight, which never carries one.',
    caughtBy: [
      'a-page-of-ours-may-call',
      'order-body-of-strangers',
      'whole-11-transport',
      'whole-12-audit-log',
    ],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.bearer, parts.origin, parts.body);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'body-after-bearer',
    mistake:
      'The body is read only for callers with a token, so that nobody knows which tool the others tried.',
    caughtBy: ['whole-12-audit-log'],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.bearer, parts.body);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'body-before-origin',
    mistake:
      'The body is read and parsed before anybody has asked whether the page that sent it may send anything.',
    caughtBy: ['order-body-of-strangers'],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.body, parts.origin, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'errors-before-routes',
    mistake:
      'The error handler is mounted before the parts whose errors it should handle, and Express never asks it.',
    caughtBy: ['order-uncaught-errors', 'whole-13-error-responses'],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(parts.errors);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound);
      },
    },
  },
  {
    name: 'errors-of-messages-only',
    mistake:
      'The error handler belongs to /mcp, and what fails in the authorization server is answered by Express, with the stack.',
    caughtBy: ['whole-13-error-responses'],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use('/mcp', parts.errors);
        app.use((_request, response) => {
          const error = { code: 'NOT_FOUND', message: 'There is no such route.', retryable: false };
          response.status(404).json({ error });
        });
      },
    },
  },
  {
    name: 'everything-behind-bearer',
    mistake: 'Every route wants a token, those that tell where to get one included.',
    caughtBy: [
      'a-client-finds-its-way',
      'anyone-may-discover',
      'order-other-methods',
      'whole-01-oauth-discovery',
      'whole-02-client-registration',
      'whole-03-pkce',
      'whole-04-token-grants',
      'whole-05-access-tokens',
      'whole-13-error-responses',
    ],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers, parts.origin, parts.body, parts.bearer);
        app.use(parts.discovery, parts.authorizationServer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'guards-compare-paths',
    mistake:
      'The guards ask whether the path is exactly /mcp, but the router also takes /MCP and /mcp/ for it.',
    caughtBy: ['order-other-methods'],
    controls: {
      mountPipeline: (app, parts) => {
        const onlyMcp =
          (guard: RequestHandler): RequestHandler =>
          (request, response, next) =>
            request.path === '/mcp' ? guard(request, response, next) : next();
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use(onlyMcp(parts.origin), parts.body, onlyMcp(parts.bearer));
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'guards-on-post-only',
    mistake:
      'The guards stand in front of POST only, where the tools are called, and every other method walks past them.',
    caughtBy: ['order-other-methods', 'whole-05-access-tokens'],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.options('/mcp', parts.origin);
        app.post('/mcp', parts.origin, parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'headers-after-guards',
    mistake:
      'The headers are set right before the answer of the tools, so that what refuses a request answers without them.',
    caughtBy: ['order-bare-refusals'],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.headers, parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer, parts.headers);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'limiter-before-authentication',
    mistake:
      'Requests are counted for whoever the token names, before anybody has verified it: strangers use up the budget of others.',
    caughtBy: ['whole-10-rate-limits'],
    controls() {
      function namedIn(authorization: string | undefined): string {
        try {
          return decodeJwt(authorization?.split(' ')[1] ?? '').sub ?? 'anonymous';
        } catch {
          return 'anonymous';
        }
      }

      const mountPipeline: MountPipeline = (app, parts) => {
        const budget = new Map<string, { calls: number; until: number }>();
        const limit: RequestHandler = (request, response, next) => {
          const now = Date.now();
          const subject = namedIn(request.get('authorization'));
          const known = budget.get(subject);
          const used = known && known.until > now ? known : { calls: 0, until: now + 60_000 };
          budget.set(subject, { ...used, calls: used.calls + 1 });
          if (used.calls < 60) return next();
          response.status(429).set('retry-after', '60').json({ error: 'too many requests' });
        };
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, limit, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      };

      return { mountPipeline };
    },
  },
  {
    name: 'list-from-a-cache',
    mistake:
      'The list of tools is kept and given to everybody, though it is another one for each set of scopes.',
    caughtBy: ['whole-06-scopes'],
    controls() {
      function keepList(): RequestHandler {
        let kept: object | undefined;
        return (request, response, next) => {
          const { method, id } = (request.body ?? {}) as { method?: unknown; id?: unknown };
          if (request.method !== 'POST' || method !== 'tools/list') return next();
          if (kept) return void response.json({ ...kept, id });
          const end = response.end.bind(response);
          response.end = (...written: unknown[]) => {
            if (response.statusCode === 200) kept = JSON.parse(String(written[0])) as object;
            return end(...(written as [string]));
          };
          next();
        };
      }

      const mountPipeline: MountPipeline = (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer, keepList());
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      };

      return { mountPipeline };
    },
  },
  {
    name: 'marks-filtered-in-front',
    mistake:
      'A filter in front refuses combining marks, with which people pile up letters for fun; Hindi and Thai are written with them.',
    caughtBy: ['whole-08-city-input'],
    controls() {
      const refuseMarks: RequestHandler = (request, response, next) =>
        /\p{M}/u.test(JSON.stringify(request.body ?? null))
          ? void response.status(400).json({ error: 'This text is not acceptable.' })
          : next();

      const mountPipeline: MountPipeline = (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer, refuseMarks);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      };

      return { mountPipeline };
    },
  },
  {
    name: 'markup-filtered-in-front',
    mistake:
      'A filter in front refuses registrations with an angle bracket; the consent page escapes names, and some honest one has a bracket in it.',
    caughtBy: ['whole-02-client-registration'],
    controls() {
      const refuseMarkup: RequestHandler = (request, response, next) =>
        /[<>]/.test(JSON.stringify(request.body ?? null))
          ? void response.status(400).json({ error: 'invalid_client_metadata' })
          : next();

      const mountPipeline: MountPipeline = (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use('/register', parts.body, refuseMarkup);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      };

      return { mountPipeline };
    },
  },
  {
    name: 'one-document-of-two',
    mistake:
      'Only the documents that our own client reads are mounted; others look for the one about the resource at the root.',
    caughtBy: ['whole-01-oauth-discovery'],
    controls: {
      mountPipeline: (app, parts) => {
        const documents = ['oauth-protected-resource/mcp', 'oauth-authorization-server'];
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.get(
          documents.map((name) => `/.well-known/${name}`),
          parts.discovery,
        );
        app.use(parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'origin-left-out',
    mistake: 'The token is checked, so the origin guard seemed to have nothing left to do.',
    caughtBy: [
      'a-page-of-ours-may-call',
      'order-body-of-strangers',
      'order-other-methods',
      'whole-11-transport',
    ],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'page-for-whoever-asks-for-nothing',
    mistake:
      'An unknown route is answered with a page unless JSON was asked for; a program that asks for nothing in particular cannot read it.',
    caughtBy: ['order-uncaught-errors'],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use((request, response, next) =>
          request.get('accept')?.includes('json')
            ? parts.notFound(request, response, next)
            : void response
                .status(404)
                .send('<!doctype html><title>Not found</title><p>Not found.'),
        );
        app.use(parts.errors);
      },
    },
  },
  {
    name: 'parameters-of-a-hundred-letters',
    mistake:
      'Parameters of the token endpoint are bounded at a hundred letters in front of it, and a code verifier may have 128.',
    caughtBy: ['whole-03-pkce'],
    controls() {
      const LONGEST = 100;

      const readForm = express.text({ type: 'application/x-www-form-urlencoded' });

      const refuseLong: RequestHandler = (request, response, next) => {
        const parameters = new URLSearchParams(String(request.body ?? ''));
        if ([...parameters.values()].every(({ length }) => length <= LONGEST)) return next();
        response.status(400).json({ error: 'invalid_request' });
      };

      const mountPipeline: MountPipeline = (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use('/token', readForm, refuseLong);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      };

      return { mountPipeline };
    },
  },
  {
    name: 'percent-signs-filtered-in-front',
    mistake:
      'A filter in front refuses percent signs, as a wildcard of SQL; the search binds its text, and there is a station with one in its name.',
    caughtBy: ['whole-09-injection'],
    controls() {
      const refuseWildcards: RequestHandler = (request, response, next) =>
        JSON.stringify(request.body ?? null).includes('%')
          ? void response.status(400).json({ error: 'This text is not acceptable.' })
          : next();

      const mountPipeline: MountPipeline = (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer, refuseWildcards);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      };

      return { mountPipeline };
    },
  },
  {
    name: 'seven-tokens-for-an-address',
    mistake:
      'Requests for tokens are limited to seven a minute for each address, and a whole office has one; its clients hear nothing of a grant.',
    caughtBy: ['whole-04-token-grants'],
    controls() {
      const MINUTE_MS = 60_000;

      const MOST = 7;

      function limitByAddress(): RequestHandler {
        const counts = new Map<string | undefined, number>();
        let endsAt = 0;
        return (request, response, next) => {
          const now = Date.now();
          if (now >= endsAt) {
            counts.clear();
            endsAt = now + MINUTE_MS;
          }
          const count = (counts.get(request.ip) ?? 0) + 1;
          counts.set(request.ip, count);
          if (count <= MOST) return next();
          response.status(429).set('retry-after', '60').json({ error: 'slow_down' });
        };
      }

      const mountPipeline: MountPipeline = (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use('/token', limitByAddress());
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      };

      return { mountPipeline };
    },
  },
  {
    name: 'three-methods-guarded',
    mistake:
      'The guards stand in front of the methods that MCP knows, and what answers messages takes all.',
    caughtBy: ['order-other-methods'],
    controls: {
      mountPipeline: (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.options('/mcp', parts.origin);
        for (const method of ['get', 'post', 'delete'] as const) {
          app[method]('/mcp', parts.origin, parts.body, parts.bearer);
        }
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      },
    },
  },
  {
    name: 'token-moved-from-the-query',
    mistake:
      'For clients that cannot set headers a token is moved from the address into the header, and the guard cannot tell any more where it came from.',
    caughtBy: ['whole-05-access-tokens'],
    controls() {
      const moveToken: RequestHandler = (request, _response, next) => {
        const { access_token: token } = request.query;
        if (typeof token === 'string') request.headers.authorization ??= `Bearer ${token}`;
        next();
      };

      const mountPipeline: MountPipeline = (app, parts) => {
        app.use(parts.headers);
        app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
        app.use(parts.discovery, parts.authorizationServer);
        app.use('/mcp', parts.origin, parts.body, moveToken, parts.bearer);
        app.all('/mcp', parts.messages);
        app.use(parts.notFound, parts.errors);
      };

      return { mountPipeline };
    },
  },
];
