import cors from 'cors';
import { HttpError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'challenge-kept-from-pages',
    mistake:
      'Exposes no header: a page sees a 401, and not the challenge that says where to get a token.',
    caughtBy: ['pages-of-ours-read-answers'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
          if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'cors-as-the-gate',
    mistake:
      'CORS alone, with the right list: no stranger may read an answer, but every tool has run by then.',
    caughtBy: ['host-rebinding', 'origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedOrigins }) =>
        cors({
          origin: allowedOrigins,
          credentials: true,
          exposedHeaders: ['WWW-Authenticate'],
        }),
    },
  },
  {
    name: 'cors-with-defaults',
    mistake: 'cors() without options: a star, for everybody.',
    caughtBy: ['cors-reflection', 'host-rebinding', 'origin-hostile', 'pages-of-ours-read-answers'],
    controls: {
      createOriginGuard: () => cors(),
    },
  },
  {
    name: 'host-as-forwarded',
    mistake:
      'Believes X-Forwarded-Host, as if a proxy had written it: no proxy stands in front of this server.',
    caughtBy: ['host-rebinding'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const { origin, host } = request.headers;
          const asked = request.get('x-forwarded-host') ?? host ?? '';
          const isOurs = allowedHosts.includes(asked.replace(/:\d*$/, ''));
          if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'host-begins-with',
    mistake:
      'Looks at how Host begins, because of the port: localhost.evil.example begins that way.',
    caughtBy: ['host-rebinding'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const isOurs = allowedHosts.some((name) => host.startsWith(name));
          if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'host-cut-at-the-first-colon',
    mistake: 'Cuts Host at its first colon, and an IPv6 address has several: [::1] is lost.',
    caughtBy: ['callers-without-a-page'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const [name = ''] = host.split(':');
          if (!allowedHosts.includes(name) || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'host-only-without-origin',
    mistake:
      'Looks at Host only where there is no Origin: a request has to pass both, not one of the two.',
    caughtBy: ['host-rebinding'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const mayPass =
            origin === undefined
              ? allowedHosts.includes(host.replace(/:\d*$/, ''))
              : allowedOrigins.includes(origin);
          return mayPass
            ? answerCors(request, response, next)
            : next(new HttpError(403, 'Not from there.'));
        };
      },
    },
  },
  {
    name: 'host-with-its-port',
    mistake:
      'Compares Host as it was sent, port and all, with names that have no port: nobody gets in.',
    caughtBy: [
      'body-oversize',
      'callers-without-a-page',
      'cors-reflection',
      'csrf-simple-post',
      'host-rebinding',
      'json-by-any-spelling',
      'json-deep-nesting',
      'json-proto',
      'large-bodies-pass',
      'ordinary-messages-pass',
      'origin-hostile',
      'pages-of-ours-read-answers',
      'pages-of-ours-sign-in',
      'requests-without-a-body',
      'security-headers',
      'unreadable-bodies-are-answered',
    ],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          if (!allowedHosts.includes(host) || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'lets-strangers-read-refusals',
    mistake:
      'Sets the CORS headers before it looks at the origin: preflights of strangers are answered with a yes.',
    caughtBy: ['cors-reflection'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          response.vary('Origin').set({
            'access-control-allow-origin': origin ?? '*',
            'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
            'access-control-expose-headers': 'www-authenticate',
          });
          if (request.method === 'OPTIONS') return void response.sendStatus(204);
          const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
          if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return next();
        };
      },
    },
  },
  {
    name: 'no-word-on-varying',
    mistake:
      'Answers differently to each origin and does not say so with Vary: a cache hands one page the answer to another.',
    caughtBy: ['pages-of-ours-sign-in'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
          if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          if (origin === undefined) return next();
          response.set({
            'access-control-allow-origin': origin,
            'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
            'access-control-expose-headers': 'www-authenticate',
          });
          return request.method === 'OPTIONS' ? void response.sendStatus(204) : next();
        };
      },
    },
  },
  {
    name: 'origin-begins-with',
    mistake:
      'Looks at how an origin begins: https://app.example.evil.example begins like one of ours.',
    caughtBy: ['cors-reflection', 'origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const isOurs = (origin: string): boolean =>
          allowedOrigins.some((allowed) => origin.startsWith(allowed));
        const answerCors = cors({
          origin: (origin, answer) => answer(null, origin !== undefined && isOurs(origin)),
          exposedHeaders: ['WWW-Authenticate'],
        });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const name = host.replace(/:\d*$/, '');
          if (!allowedHosts.includes(name) || (origin !== undefined && !isOurs(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'origin-by-host-name',
    mistake: 'Compares host names: our host without TLS, or on another port, is another origin.',
    caughtBy: ['origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const isOurs = (origin: string): boolean =>
          allowedOrigins.some(
            (allowed) =>
              URL.canParse(origin) && new URL(allowed).hostname === new URL(origin).hostname,
          );
        const answerCors = cors({
          origin: (origin, answer) => answer(null, origin !== undefined && isOurs(origin)),
          exposedHeaders: ['WWW-Authenticate'],
        });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const name = host.replace(/:\d*$/, '');
          if (!allowedHosts.includes(name) || (origin !== undefined && !isOurs(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'origin-by-pattern',
    mistake:
      'A pattern made of the origin: its dot stands for any character, and nothing says where the text ends.',
    caughtBy: ['cors-reflection', 'origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const isOurs = (origin: string): boolean =>
          allowedOrigins.some((allowed) => new RegExp(allowed).test(origin));
        const answerCors = cors({
          origin: (origin, answer) => answer(null, origin !== undefined && isOurs(origin)),
          exposedHeaders: ['WWW-Authenticate'],
        });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const name = host.replace(/:\d*$/, '');
          if (!allowedHosts.includes(name) || (origin !== undefined && !isOurs(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'origin-contains',
    mistake:
      'Asks whether the list contains the origin, as a text: it contains https://app as well.',
    caughtBy: ['origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const isOurs = (origin: string): boolean => allowedOrigins.join(' ').includes(origin);
        const answerCors = cors({
          origin: (origin, answer) => answer(null, origin !== undefined && isOurs(origin)),
          exposedHeaders: ['WWW-Authenticate'],
        });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const name = host.replace(/:\d*$/, '');
          if (!allowedHosts.includes(name) || (origin !== undefined && !isOurs(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'origin-ends-with',
    mistake:
      'Looks at how an origin ends, so as to let subdomains in: xapp.example is somebody else’s.',
    caughtBy: ['cors-reflection', 'origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const isOurs = (origin: string): boolean =>
          allowedOrigins.some((allowed) => origin.endsWith(allowed.replace('https://', '')));
        const answerCors = cors({
          origin: (origin, answer) => answer(null, origin !== undefined && isOurs(origin)),
          exposedHeaders: ['WWW-Authenticate'],
        });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const name = host.replace(/:\d*$/, '');
          if (!allowedHosts.includes(name) || (origin !== undefined && !isOurs(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'origin-null-is-local',
    mistake:
      'Lets null in for pages that were opened from a file: a sandboxed frame on any site has the same origin.',
    caughtBy: ['cors-reflection', 'origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const isOurs = (origin: string): boolean =>
          origin === 'null' || allowedOrigins.includes(origin);
        const answerCors = cors({
          origin: (origin, answer) => answer(null, origin !== undefined && isOurs(origin)),
          exposedHeaders: ['WWW-Authenticate'],
        });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const name = host.replace(/:\d*$/, '');
          if (!allowedHosts.includes(name) || (origin !== undefined && !isOurs(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'origin-of-the-same-name',
    mistake:
      'An origin that fits Host counts as our own: a rebound page has a name that fits, and brings it in both.',
    caughtBy: ['host-rebinding'],
    controls: {
      createOriginGuard: ({ allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const { origin, host } = request.headers;
          if (
            origin !== undefined &&
            origin !== `http://${host}` &&
            !allowedOrigins.includes(origin)
          ) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'origin-only-when-posting',
    mistake: 'Refuses strangers for POST only; the other methods get past the guard.',
    caughtBy: ['origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const isStranger = origin !== undefined && !allowedOrigins.includes(origin);
          if (!allowedHosts.includes(host.replace(/:\d*$/, ''))) {
            return next(new HttpError(403, 'Not under that name.'));
          }
          if (request.method === 'POST' && isStranger)
            return next(new HttpError(403, 'Not from there.'));
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'origin-required',
    mistake: 'Refuses whoever sends no Origin: every client that is not a page.',
    caughtBy: [
      'body-oversize',
      'callers-without-a-page',
      'cors-reflection',
      'csrf-simple-post',
      'host-rebinding',
      'json-by-any-spelling',
      'json-deep-nesting',
      'json-proto',
      'large-bodies-pass',
      'ordinary-messages-pass',
      'origin-hostile',
      'requests-without-a-body',
      'security-headers',
      'unreadable-bodies-are-answered',
    ],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const { origin = '', host = '' } = request.headers;
          const name = host.replace(/:\d*$/, '');
          if (!allowedHosts.includes(name) || !allowedOrigins.includes(origin)) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'preflight-left-to-others',
    mistake:
      'Sets the header, and lets preflights go on to where a token is asked for: a browser has none to send with them.',
    caughtBy: ['pages-of-ours-read-answers', 'pages-of-ours-sign-in'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
          if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          response.vary('Origin').set('access-control-expose-headers', 'WWW-Authenticate');
          if (origin) response.set('access-control-allow-origin', origin);
          return next();
        };
      },
    },
  },
  {
    name: 'refuses-with-401',
    mistake: 'Answers strangers with 401: a client goes for a token then, which would not help.',
    caughtBy: ['host-rebinding', 'origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const name = host.replace(/:\d*$/, '');
          if (!allowedHosts.includes(name) || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(401, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'sec-fetch-site-instead',
    mistake:
      'Relies on Sec-Fetch-Site, which not every browser sends over plain http, and which says same-origin of a rebound page.',
    caughtBy: ['host-rebinding', 'origin-hostile'],
    controls: {
      createOriginGuard: ({ allowedOrigins }) => {
        const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
        return (request, response, next) => {
          const site = request.get('sec-fetch-site') ?? 'none';
          const isAllowed = allowedOrigins.includes(request.headers.origin ?? '');
          return isAllowed || ['same-origin', 'none'].includes(site)
            ? answerCors(request, response, next)
            : next(new HttpError(403, 'Not from there.'));
        };
      },
    },
  },
  {
    name: 'star-for-every-header',
    mistake:
      'Allows every header with a star, which does not stand for Authorization: no page can send a token.',
    caughtBy: ['pages-of-ours-read-answers'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        const answerCors = cors({
          origin: allowedOrigins,
          allowedHeaders: '*',
          exposedHeaders: ['WWW-Authenticate'],
        });
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
          if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          return answerCors(request, response, next);
        };
      },
    },
  },
  {
    name: 'whole-list-in-one-header',
    mistake:
      'Writes the whole list into Access-Control-Allow-Origin, which takes one origin: browsers take none of two.',
    caughtBy: ['pages-of-ours-read-answers', 'pages-of-ours-sign-in'],
    controls: {
      createOriginGuard: ({ allowedHosts, allowedOrigins }) => {
        return (request, response, next) => {
          const { origin, host = '' } = request.headers;
          const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
          if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
            return next(new HttpError(403, 'Not from there.'));
          }
          response.set({
            'access-control-allow-origin': [...allowedOrigins, 'http://localhost:5173'].join(', '),
            'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
            'access-control-expose-headers': 'www-authenticate',
          });
          return request.method === 'OPTIONS' ? void response.sendStatus(204) : next();
        };
      },
    },
  },
];
