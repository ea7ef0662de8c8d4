import { gunzipSync } from 'node:zlib';
import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'any-type-is-json',
    mistake: 'Parses a body of any type as JSON, for clients that forget to name it.',
    caughtBy: ['csrf-simple-post'],
    controls: {
      createBodyParser: (config) => {
        const check = reference(config);
        const parse = express.json({ limit: config.maxBodyBytes, type: '*/*' });
        return (request, response, next) => {
          if (request.is('application/json')) return check(request, response, next);
          return parse(request, response, next);
        };
      },
    },
  },
  {
    name: 'brackets-counted-in-texts',
    mistake:
      'Counts brackets in the raw text, those inside of strings too: a text is not deep because it has many.',
    caughtBy: ['ordinary-messages-pass'],
    controls: {
      createBodyParser: ({ maxBodyBytes }) =>
        express.json({
          limit: maxBodyBytes,
          verify(_request, _response, bytes) {
            let depth = 0;
            for (const byte of bytes) {
              if (byte === 0x5b || byte === 0x7b) depth++;
              if (byte === 0x5d || byte === 0x7d) depth--;
              if (depth > 64) throw new HttpError(400, 'Too deep.');
            }
          },
        }),
    },
  },
  {
    name: 'characters-for-bytes',
    mistake:
      'Counts characters of a string where bytes were promised: one character may be three of them.',
    caughtBy: ['body-oversize'],
    controls: {
      createBodyParser: (config) => {
        const parse = reference({ ...config, maxBodyBytes: 4 * config.maxBodyBytes });
        return (request, response, next) => {
          let length = 0;
          request.on('data', (chunk: Buffer) => (length += chunk.toString('utf8').length));
          if (request.headers['content-encoding'])
            return reference(config)(request, response, next);
          return parse(request, response, (error?: unknown) =>
            next(
              error ??
                (length > config.maxBodyBytes ? new HttpError(413, 'Too large.') : undefined),
            ),
          );
        };
      },
    },
  },
  {
    name: 'constructor-forgotten',
    mistake:
      'Refuses __proto__ and merges the rest into defaults; by way of constructor.prototype one gets to the same object.',
    caughtBy: ['json-proto'],
    controls() {
      type Members = Record<string, unknown>;

      const DEEPEST = 64;

      function merge(target: Members, source: Members, depth = 1): Members {
        if (depth > DEEPEST) throw new HttpError(400, `More than ${DEEPEST} levels are too many.`);
        for (const [key, value] of Object.entries(source)) {
          if (key === '__proto__')
            throw new HttpError(400, 'A member of this name is not accepted.');
          const isMembers = typeof value === 'object' && value !== null;
          const inside = (target[key] ?? (Array.isArray(value) ? [] : {})) as Members;
          target[key] = isMembers ? merge(inside, value as Members, depth + 1) : value;
        }
        return target;
      }

      const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
        const parse = express.json({ limit: maxBodyBytes });
        return (request, response, next) => {
          if (request.is('application/json') === false) {
            return next(new HttpError(415, 'Send application/json.'));
          }
          return parse(request, response, (error?: unknown) => {
            if (error || !request.body || Array.isArray(request.body)) return next(error);
            try {
              request.body = merge({ jsonrpc: '2.0' }, request.body as Members);
            } catch (refusal) {
              request.body = undefined;
              return next(refusal);
            }
            return next();
          });
        };
      };

      return { createBodyParser };
    },
  },
  {
    name: 'copies-into-an-object-without-prototype',
    mistake:
      'Merges into an object without a prototype, and into ordinary ones from its second level on.',
    caughtBy: ['json-deep-nesting', 'json-proto'],
    controls() {
      type Members = Record<string, unknown>;

      function merge(target: Members, source: Members): Members {
        for (const [key, value] of Object.entries(source)) {
          const isMembers = typeof value === 'object' && value !== null;
          const inside = (target[key] ?? (Array.isArray(value) ? [] : {})) as Members;
          target[key] = isMembers ? merge(inside, value as Members) : value;
        }
        return target;
      }

      const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
        const parse = express.json({ limit: maxBodyBytes });
        return (request, response, next) =>
          parse(request, response, (error?: unknown) => {
            const target = Object.assign(Object.create(null) as Members, { jsonrpc: '2.0' });
            if (!error) request.body = { ...merge(target, (request.body ?? {}) as Members) };
            return next(error);
          });
      };

      return { createBodyParser };
    },
  },
  {
    name: 'depth-by-recursion',
    mistake:
      'Measures depth by recursion, to the bottom, and overflows the stack it was to protect.',
    caughtBy: ['json-deep-nesting'],
    controls() {
      const depthOf = (value: unknown): number =>
        typeof value === 'object' && value !== null
          ? 1 +
            Object.values(value).reduce(
              (deepest: number, one) => Math.max(deepest, depthOf(one)),
              0,
            )
          : 0;

      const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
        const parse = express.json({ limit: maxBodyBytes });
        return (request, response, next) =>
          parse(request, response, (error?: unknown) => {
            if (error) return next(error);
            return next(depthOf(request.body) > 64 ? new HttpError(400, 'Too deep.') : undefined);
          });
      };

      return { createBodyParser };
    },
  },
  {
    name: 'errors-wrapped',
    mistake:
      'Wraps the errors of the parser in one that says more and has no status: the client’s mistake looks like ours.',
    caughtBy: ['unreadable-bodies-are-answered'],
    controls: {
      createBodyParser: (config) => {
        const parse = reference(config);
        return (request, response, next) =>
          parse(request, response, (error?: unknown) => {
            const isSaid = error === undefined || error instanceof HttpError;
            const isTooLarge = (error as { status?: number } | undefined)?.status === 413;
            if (isSaid || isTooLarge) return next(error);
            next(new Error('The body could not be read.', { cause: error }));
          });
      },
    },
  },
  {
    name: 'hangs-up-on-large-bodies',
    mistake:
      'Closes the connection at the first byte too many: the client is told nothing, and tries again.',
    caughtBy: ['body-oversize', 'security-headers'],
    controls: {
      createBodyParser: (config) => {
        const parse = reference(config);
        return (request, response, next) =>
          parse(request, response, (error?: unknown) => {
            if ((error as { status?: number } | undefined)?.status === 413)
              request.socket.destroy();
            else next(error);
          });
      },
    },
  },
  {
    name: 'limit-by-content-length',
    mistake:
      'Believes Content-Length: a body in chunks has none, and a compressed one has another.',
    caughtBy: ['body-oversize', 'json-deep-nesting'],
    controls: {
      createBodyParser: ({ maxBodyBytes }) => {
        const parse = express.json({ limit: '64mb' });
        return (request, response, next) =>
          Number(request.headers['content-length'] ?? 0) > maxBodyBytes
            ? next(new HttpError(413, 'Too large.'))
            : parse(request, response, next);
      },
    },
  },
  {
    name: 'limit-left-at-its-default',
    mistake:
      'The limit that Express has by default, 100 KB: what the server promised to take is refused.',
    caughtBy: ['json-deep-nesting', 'large-bodies-pass'],
    controls: {
      createBodyParser: () => express.json(),
    },
  },
  {
    name: 'limit-on-the-wire',
    mistake:
      'Counts bytes as they arrive and decompresses afterwards: some kilobytes become megabytes.',
    caughtBy: ['body-oversize', 'json-deep-nesting', 'requests-without-a-body'],
    controls: {
      createBodyParser: ({ maxBodyBytes }) => {
        const read = express.raw({ limit: maxBodyBytes, inflate: false, type: 'application/json' });
        return (request, response, next) => {
          const isGzip = request.headers['content-encoding'] === 'gzip';
          if (isGzip) delete request.headers['content-encoding'];
          read(request, response, (error?: unknown) => {
            if (error) return next(error);
            try {
              const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
              request.body = JSON.parse((isGzip ? gunzipSync(bytes) : bytes).toString());
              return next();
            } catch {
              return next(new HttpError(400, 'Not JSON.'));
            }
          });
        };
      },
    },
  },
  {
    name: 'malformed-body-thrown',
    mistake:
      'Parses a text itself and hands on the SyntaxError as it is: without a status, the client’s mistake looks like ours.',
    caughtBy: ['json-deep-nesting', 'requests-without-a-body', 'unreadable-bodies-are-answered'],
    controls: {
      createBodyParser: (config) => {
        const check = reference(config);
        const read = express.text({ limit: config.maxBodyBytes, type: 'application/json' });
        return (request, response, next) => {
          if (request.is('application/json') === false) return check(request, response, next);
          return read(request, response, (error?: unknown) => {
            if (error) return next(error);
            const text = String(request.body);
            try {
              request.body = JSON.parse(text, (key, value: unknown) =>
                key === '__proto__' ? undefined : value,
              );
              return next();
            } catch (failure) {
              return next(failure);
            }
          });
        };
      },
    },
  },
  {
    name: 'measured-after-parsing',
    mistake:
      'Measures what was parsed by writing it out again: blanks are gone by then, and so is the stack.',
    caughtBy: ['body-oversize', 'json-deep-nesting'],
    controls: {
      createBodyParser: ({ maxBodyBytes }) => {
        const parse = express.json({ limit: '64mb' });
        return (request, response, next) =>
          parse(request, response, (error?: unknown) => {
            if (error) return next(error);
            const bytes = Buffer.byteLength(JSON.stringify(request.body ?? null));
            return next(bytes > maxBodyBytes ? new HttpError(413, 'Too large.') : undefined);
          });
      },
    },
  },
  {
    name: 'no-limit-for-depth',
    mistake:
      'Bounds the bytes and not the depth: JSON.parse copes with it, and what writes the log does not.',
    caughtBy: ['json-deep-nesting'],
    controls: {
      createBodyParser: ({ maxBodyBytes }) => {
        const parse = express.json({ limit: maxBodyBytes });
        return (request, response, next) =>
          request.is('application/json') === false
            ? next(new HttpError(415, 'Send application/json.'))
            : parse(request, response, next);
      },
    },
  },
  {
    name: 'proto-removed-at-the-top',
    mistake: 'Removes __proto__ from the message, not from what is in it, and goes on merging.',
    caughtBy: ['json-deep-nesting', 'json-proto'],
    controls() {
      type Members = Record<string, unknown>;

      function merge(target: Members, source: Members): Members {
        for (const [key, value] of Object.entries(source)) {
          const isMembers = typeof value === 'object' && value !== null;
          const inside = (target[key] ?? (Array.isArray(value) ? [] : {})) as Members;
          target[key] = isMembers ? merge(inside, value as Members) : value;
        }
        return target;
      }

      const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
        const parse = express.json({ limit: maxBodyBytes });
        return (request, response, next) => {
          if (request.is('application/json') === false)
            return next(new HttpError(415, 'Not JSON.'));
          return parse(request, response, (error?: unknown) => {
            if (error) return next(error);
            const body = (request.body ?? {}) as Members;
            delete body['__proto__'];
            delete body['constructor'];
            request.body = merge({ jsonrpc: '2.0' }, body);
            return next();
          });
        };
      };

      return { createBodyParser };
    },
  },
  {
    name: 'proto-replaced-in-the-text',
    mistake:
      'Looks for the word __proto__ in the raw text: an escape spells it otherwise, and honest texts may hold it.',
    caughtBy: ['json-deep-nesting', 'json-proto', 'ordinary-messages-pass'],
    controls() {
      type Members = Record<string, unknown>;

      function merge(target: Members, source: Members): Members {
        for (const [key, value] of Object.entries(source)) {
          const isMembers = typeof value === 'object' && value !== null;
          const inside = (target[key] ?? (Array.isArray(value) ? [] : {})) as Members;
          target[key] = isMembers ? merge(inside, value as Members) : value;
        }
        return target;
      }

      const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
        const parse = express.json({
          limit: maxBodyBytes,
          verify(_request, _response, bytes) {
            if (/__proto__|"constructor"/.test(bytes.toString())) throw new HttpError(400, 'No.');
          },
        });
        return (request, response, next) =>
          parse(request, response, (error?: unknown) => {
            if (!error) request.body = merge({ jsonrpc: '2.0' }, (request.body ?? {}) as Members);
            return next(error);
          });
      };

      return { createBodyParser };
    },
  },
  {
    name: 'two-bytes-a-letter',
    mistake:
      'Half of the limit is all that is read, since a letter takes two bytes in memory; the limit was promised in bytes of the body.',
    caughtBy: ['large-bodies-pass'],
    controls: {
      createBodyParser: (config) => reference({ ...config, maxBodyBytes: config.maxBodyBytes / 2 }),
    },
  },
  {
    name: 'type-asked-of-every-request',
    mistake:
      'Wants a type of every request, those without a body too, and compares it as a text: a charset behind it is one letter too many.',
    caughtBy: ['json-by-any-spelling', 'requests-without-a-body'],
    controls: {
      createBodyParser: (config) => {
        const parse = reference(config);
        return (request, response, next) =>
          request.headers['content-type'] === 'application/json'
            ? parse(request, response, next)
            : next(new HttpError(415, 'Send application/json.'));
      },
    },
  },
  {
    name: 'type-compared-as-a-text',
    mistake:
      'Compares Content-Type letter by letter; a charset behind it or a capital letter is no other type.',
    caughtBy: ['json-by-any-spelling'],
    controls: {
      createBodyParser: (config) => {
        const parse = reference(config);
        return (request, response, next) => {
          const type = request.headers['content-type'];
          if (type === undefined || type === 'application/json') {
            parse(request, response, next);
            return;
          }
          next(new HttpError(415, 'Send application/json.'));
        };
      },
    },
  },
  {
    name: 'type-of-no-body',
    mistake:
      'is() says null for a request without a body, which is taken for the wrong type: whoever asks for a stream is told to send JSON.',
    caughtBy: ['requests-without-a-body'],
    controls: {
      createBodyParser: (config) => {
        const parse = reference(config);
        return (request, response, next) =>
          request.is('application/json')
            ? parse(request, response, next)
            : next(new HttpError(415, 'Send application/json.'));
      },
    },
  },
  {
    name: 'type-that-contains-json',
    mistake:
      'Looks for application/json anywhere in Content-Type: a parameter of text/plain may say it too.',
    caughtBy: ['csrf-simple-post', 'json-by-any-spelling', 'json-deep-nesting'],
    controls: {
      createBodyParser: ({ maxBodyBytes }) =>
        express.json({
          limit: maxBodyBytes,
          type: (request) => request.headers['content-type']?.includes('application/json') ?? false,
        }),
    },
  },
];
