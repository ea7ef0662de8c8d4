import { HttpError } from '../../../exercises/weather-server/errors.ts';
import { createErrorHandler as rightly } from '../../../solutions/13-error-responses/error-responses.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'a-page-for-browsers-by-express',
    mistake:
      'Programs get JSON, and whoever wants a page gets the one of Express, with the stack in it.',
    caughtBy: ['err-leak-http'],
    controls: {
      createErrorHandler: (config) => {
        const handle = rightly(config);
        return (error, request, response, next) =>
          request.accepts(['json', 'html']) === 'html'
            ? next(error)
            : handle(error, request, response, next);
      },
    },
  },
  {
    name: 'a-page-for-people',
    mistake:
      'Nothing leaks, but the answer is an HTML page, and the readers of this server are programs.',
    caughtBy: ['err-echo', 'err-leak-http', 'err-leak-outage', 'http-errors-say-what-is-wrong'],
    controls: {
      createErrorHandler: () => (error: { status?: unknown }, _request, response, next) => {
        if (response.headersSent) return next(error);
        const status = Number.isInteger(error.status) ? Number(error.status) : 500;
        response
          .status(status >= 400 && status < 500 ? status : 500)
          .send('<!doctype html><title>Error</title><h1>Something went wrong</h1>');
      },
    },
  },
  {
    name: 'client-errors-forwarded',
    mistake:
      'A 4xx is the client’s own fault, so its message goes out; the parser’s message quotes the body.',
    caughtBy: ['err-echo', 'err-leak-outage'],
    controls: {
      createErrorHandler: (config) => {
        const handle = rightly(config);
        return (error: Error & { status?: unknown }, request, response, next) => {
          const { status } = error;
          const isTheirs =
            Number.isInteger(status) && Number(status) >= 400 && Number(status) < 500;
          if (!isTheirs || response.headersSent) {
            handle(error, request, response, next);
            return;
          }
          response.status(Number(status)).json({
            error: { code: 'INVALID_INPUT', message: error.message, retryable: false },
          });
        };
      },
    },
  },
  {
    name: 'error-as-json',
    mistake:
      'The error is sent as JSON, which looks empty in a test, and holds whatever members a library has given it.',
    caughtBy: ['err-echo', 'err-leak-outage'],
    controls: {
      createErrorHandler: (config) => {
        const handle = rightly(config);
        return (error: { status?: unknown }, request, response, next) => {
          if (response.headersSent) return next(error);
          const send = response.send.bind(response);
          response.send = (text: string) =>
            send(JSON.stringify({ ...(JSON.parse(text) as object), details: error }));
          handle(error, request, response, next);
        };
      },
    },
  },
  {
    name: 'exposed-as-marked',
    mistake:
      'http-errors mark what may be shown with `expose`, and the body parser marks messages that quote the body.',
    caughtBy: ['err-echo', 'err-leak-outage'],
    controls: {
      createErrorHandler:
        () => (error: Error & { status?: number; expose?: boolean }, _request, response, next) => {
          if (response.headersSent) return next(error);
          const isStatus =
            Number.isInteger(error.status) && error.status! >= 400 && error.status! <= 499;
          const message = error.expose === true ? error.message : 'Something is wrong.';
          response.status(isStatus ? error.status! : 500).json({
            error: { code: isStatus ? 'INVALID_INPUT' : 'INTERNAL', message, retryable: false },
          });
        },
    },
  },
  {
    name: 'five-hundred-for-everything',
    mistake: 'Every error is a 500, so that a typing error looks like an outage.',
    caughtBy: ['err-echo', 'err-leak-http', 'http-errors-say-what-is-wrong'],
    controls: {
      createErrorHandler: () => (error, _request, response, next) => {
        if (response.headersSent) return next(error);
        response
          .status(500)
          .json({ error: { code: 'INTERNAL', message: 'Something went wrong.', retryable: true } });
      },
    },
  },
  {
    name: 'four-hundred-for-everything',
    mistake: 'Every error is the client’s fault, a missing route and an outage as well.',
    caughtBy: ['err-leak-outage', 'http-errors-say-what-is-wrong'],
    controls: {
      createErrorHandler: () => (error, _request, response, next) => {
        if (response.headersSent) return next(error);
        response.status(400).json({
          error: { code: 'INVALID_INPUT', message: 'This is no good.', retryable: false },
        });
      },
    },
  },
  {
    name: 'headers-of-the-error',
    mistake:
      'Copies the headers that some errors carry, as Express does, and with them what another server said.',
    caughtBy: ['err-leak-outage'],
    controls: {
      createErrorHandler: (config) => {
        const handle = rightly(config);
        return (error: { headers?: Record<string, string> }, request, response, next) => {
          if (!response.headersSent) response.set(error.headers ?? {});
          handle(error, request, response, next);
        };
      },
    },
  },
  {
    name: 'internal-with-any-status',
    mistake:
      'The status says that the request is at fault, and the body that the server is, and that trying again may help.',
    caughtBy: ['http-errors-say-what-is-wrong'],
    controls: {
      createErrorHandler: () => (error: { status?: unknown } | null, _request, response, next) => {
        if (response.headersSent) return next(error);
        const status = Number.isInteger(error?.status) ? Number(error?.status) : 500;
        response
          .status(status >= 400 && status <= 499 ? status : 500)
          .json({ error: { code: 'INTERNAL', message: 'Something went wrong.', retryable: true } });
      },
    },
  },
  {
    name: 'nothing-to-read',
    mistake:
      'The status is right and the body is an empty object: a program finds nothing to show or to log.',
    caughtBy: ['err-echo', 'err-leak-http', 'err-leak-outage', 'http-errors-say-what-is-wrong'],
    controls: {
      createErrorHandler: (config) => {
        const handle = rightly(config);
        return (error: unknown, request, response, next) => {
          const send = response.send.bind(response);
          response.send = () => send('{}');
          handle(error, request, response, next);
        };
      },
    },
  },
  {
    name: 'says-where-the-json-breaks',
    mistake:
      'For bad JSON the message of the parser goes out, because it says where the mistake is; it quotes what stands there.',
    caughtBy: ['err-echo'],
    controls: {
      createErrorHandler: (config) => {
        const handle = rightly(config);
        return (error, request, response, next) => {
          if (response.headersSent || !(error instanceof SyntaxError)) {
            handle(error, request, response, next);
            return;
          }
          const { message } = error;
          response
            .status(400)
            .json({ error: { code: 'INVALID_INPUT', message, retryable: false } });
        };
      },
    },
  },
  {
    name: 'status-as-it-comes',
    mistake: 'Whatever stands in `status` becomes the status, also 200, 999 and a text.',
    caughtBy: ['err-leak-outage'],
    controls: {
      createErrorHandler: () => (error: { status?: number }, _request, response, next) => {
        if (response.headersSent) return next(error);
        const { status = 500 } = error;
        const code = status < 500 ? 'INVALID_INPUT' : 'INTERNAL';
        response
          .status(status)
          .json({ error: { code, message: 'Something went wrong.', retryable: false } });
      },
    },
  },
  {
    name: 'status-nearly-checked',
    mistake:
      'A comparison with `>=` and `<` lets text, lists and fractions through, and Express throws at those.',
    caughtBy: ['err-leak-outage'],
    controls: {
      createErrorHandler: () => (error: { status?: number }, _request, response, next) => {
        if (response.headersSent) return next(error);
        const { status = 500 } = error;
        const code = status < 500 ? 'INVALID_INPUT' : 'INTERNAL';
        response
          .status(status >= 400 && status < 600 ? status : 500)
          .json({ error: { code, message: 'Something went wrong.', retryable: false } });
      },
    },
  },
  {
    name: 'the-rest-to-express',
    mistake:
      'Handles the errors it knows and leaves the rest to Express, which answers with the stack.',
    caughtBy: ['err-echo', 'err-leak-http', 'err-leak-outage', 'http-errors-say-what-is-wrong'],
    controls: {
      createErrorHandler: (config) => {
        const handle = rightly(config);
        return (error, request, response, next) => {
          if (error instanceof HttpError) handle(error, request, response, next);
          else next(error);
        };
      },
    },
  },
  {
    name: 'three-parameters',
    mistake: 'With three parameters it is no error handler for Express, and errors pass it by.',
    caughtBy: ['err-echo', 'err-leak-http', 'err-leak-outage', 'http-errors-say-what-is-wrong'],
    controls: {
      createErrorHandler: () => (_error, _request, response) => {
        response.status(500).json({
          error: { code: 'INTERNAL', message: 'Something went wrong.', retryable: false },
        });
      },
    },
  },
  {
    name: 'two-hundred-with-an-error',
    mistake: 'JSON-RPC errors travel with 200 at other servers, and here every error does.',
    caughtBy: ['err-echo', 'err-leak-http', 'err-leak-outage', 'http-errors-say-what-is-wrong'],
    controls: {
      createErrorHandler: () => (error, _request, response, next) => {
        if (response.headersSent) return next(error);
        response.json({
          jsonrpc: '2.0',
          id: null,
          error: { code: -32603, message: 'Internal error' },
        });
      },
    },
  },
];
