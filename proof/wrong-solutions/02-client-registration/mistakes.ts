import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type {
  RegisterClient,
  ResolveClientDocument,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import {
  clientMetadata,
  isAcceptableRedirectUri,
  registerClient as registerByRule,
  registerClient as rightly,
} from '../../../solutions/02-client-registration/register-client.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'ascii-names-only',
    mistake:
      'To keep invisible characters out of a name, everything but English letters is refused, and with it most of the world.',
    caughtBy: ['dcr-metadata-abuse', 'registers-honest-clients'],
    controls() {
      const redirectUri = z
        .string()
        .regex(
          /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])[\w.~:/?&=%-]{1,1000}$/,
        );

      const metadataSchema = z.object({
        redirect_uris: z.array(redirectUri).min(1).max(10),
        client_name: z
          .string()
          .regex(/^[A-Za-z0-9 ._-]{1,60}$/)
          .optional(),
      });

      const registerClient: RegisterClient = (metadata) => {
        const parsed = metadataSchema.safeParse(metadata);
        if (!parsed.success) {
          throw new OAuthError('invalid_client_metadata', 'This metadata is not acceptable.');
        }
        return {
          client_id: randomUUID(),
          ...parsed.data,
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          token_endpoint_auth_method: 'none',
        };
      };

      return { registerClient };
    },
  },
  {
    name: 'bans-javascript-only',
    mistake:
      'Bad redirect URIs are kept out by a list of bad beginnings, which other letters, another scheme or plain http walk around.',
    caughtBy: ['dcr-bad-redirect', 'dcr-metadata-abuse'],
    controls: {
      registerClient: (metadata) => {
        const { redirect_uris, client_name } = (metadata ?? {}) as Record<string, unknown>;
        if (
          !Array.isArray(redirect_uris) ||
          redirect_uris.length < 1 ||
          redirect_uris.length > 10
        ) {
          throw new OAuthError('invalid_redirect_uri', 'One to ten redirect URIs are needed.');
        }
        for (const uri of redirect_uris as unknown[]) {
          if (typeof uri !== 'string' || uri.startsWith('javascript:') || !URL.canParse(uri)) {
            throw new OAuthError('invalid_redirect_uri', 'This redirect URI is not acceptable.');
          }
        }
        const name = client_name ?? 'Unnamed client';
        if (typeof name !== 'string' || !/^[^\p{C}\p{Zl}\p{Zp}]{1,80}$/u.test(name)) {
          throw new OAuthError('invalid_client_metadata', 'This name is not acceptable.');
        }
        return {
          client_id: randomUUID(),
          client_name: name,
          redirect_uris: redirect_uris as string[],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          token_endpoint_auth_method: 'none',
        };
      },
    },
  },
  {
    name: 'checked-then-looked-up-again',
    mistake:
      'The address is checked, but the connection goes to the name, which is looked up once more and may answer differently.',
    caughtBy: ['cimd-ssrf'],
    controls() {
      const INSIDE =
        /:|^(?:0|10|127|2[2-5]\d|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.(?:168|0\.0)|198\.1[89]|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

      const documentSchema = clientMetadata.extend({
        client_id: z.string(),
        client_name: clientMetadata.shape.client_name.unwrap(),
        client_secret: z.undefined().optional(),
        token_endpoint_auth_method: z.literal('none').default('none'),
      });

      const resolveClientDocument: ResolveClientDocument = async (clientId, web) => {
        try {
          const url = new URL(clientId);
          const isPlain =
            url.protocol === 'https:' && url.href === clientId && url.pathname !== '/';
          if (!isPlain || /[?#@]/.test(clientId)) throw new Error('not a plain https URL');
          const addresses = await web.lookup(url.hostname);
          if (addresses.some((address) => INSIDE.test(address))) throw new Error('inside');
          const response = await web.fetch(clientId, { redirect: 'error' });
          if (response.status !== 200 || !response.headers.get('content-type')?.includes('json')) {
            throw new Error('no JSON document');
          }
          let text = '';
          for await (const chunk of response.body ?? []) {
            text += Buffer.from(chunk).toString();
            if (text.length > 5120) throw new Error('too long');
          }
          const document = documentSchema.parse(JSON.parse(text));
          if (document.client_id !== clientId) throw new Error('about another client');
          return document;
        } catch {
          throw new OAuthError('invalid_client', 'This client_id leads to no usable document.');
        }
      };

      return { resolveClientDocument };
    },
  },
  {
    name: 'client-id-from-the-client',
    mistake:
      'What was sent is checked and then registered whole, with the client_id it names: a stranger becomes a client that exists.',
    caughtBy: ['dcr-metadata-abuse'],
    controls() {
      const redirectUri = z
        .string()
        .regex(
          /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])[\w.~:/?&=%-]{1,1000}$/,
        );

      const metadataSchema = z.object({
        client_id: z
          .string()
          .max(100)
          .default(() => randomUUID()),
        client_name: z
          .string()
          .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,80}$/u)
          .optional(),
        redirect_uris: z.array(redirectUri).min(1).max(10),
        grant_types: z
          .array(z.enum(['authorization_code', 'refresh_token']))
          .default(['authorization_code']),
        response_types: z.array(z.literal('code')).default(['code']),
        token_endpoint_auth_method: z.literal('none').default('none'),
      });

      const registerClient: RegisterClient = (metadata) => {
        const parsed = metadataSchema.safeParse(metadata);
        if (parsed.success) return parsed.data;
        throw parsed.error.issues.some(({ path }) => path[0] === 'redirect_uris')
          ? new OAuthError('invalid_redirect_uri', 'These redirect URIs are not acceptable.')
          : new OAuthError('invalid_client_metadata', 'This metadata is not acceptable.');
      };

      return { registerClient };
    },
  },
  {
    name: 'local-network-allowed',
    mistake:
      'Plain http is taken for safe within the local network, where everybody on the same wireless can read the code.',
    caughtBy: ['dcr-bad-redirect'],
    controls() {
      const LOCAL =
        /^http:\/\/(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3})+(?:[:/]|$)/;

      const local = z
        .string()
        .max(2000)
        .regex(LOCAL)
        .refine((uri) => !/[\\#@]/.test(uri));

      const registerClient: RegisterClient = (metadata, config) => {
        const { redirect_uris: uris } = (metadata ?? {}) as { redirect_uris?: unknown };
        if (!Array.isArray(uris)) return rightly(metadata, config);
        const isFine = (uri: unknown): uri is string =>
          local.safeParse(uri).success || (typeof uri === 'string' && isAcceptableRedirectUri(uri));
        if (uris.length === 0 || uris.length > 10 || !uris.every(isFine)) {
          throw new OAuthError(
            'invalid_redirect_uri',
            'redirect_uris needs one to ten acceptable URIs.',
          );
        }
        const others = { ...(metadata as object), redirect_uris: ['http://127.0.0.1/'] };
        return { ...rightly(others, config), redirect_uris: uris };
      };

      return { registerClient };
    },
  },
  {
    name: 'localhost-refused',
    mistake:
      'Clients are advised to register 127.0.0.1 and not localhost, and advice was taken for a rule: most command-line clients can no longer register.',
    caughtBy: ['registers-honest-clients'],
    controls: {
      registerClient: (metadata, config) => {
        const client = rightly(metadata, config);
        if (client.redirect_uris.some((uri) => new URL(uri).hostname === 'localhost')) {
          throw new OAuthError('invalid_redirect_uri', 'Register 127.0.0.1 or [::1] instead.');
        }
        return client;
      },
    },
  },
  {
    name: 'loopback-by-prefix',
    mistake:
      'A host is taken for loopback because its name begins like it: 127.0.0.1.evil.example is a name that anybody can own.',
    caughtBy: ['dcr-bad-redirect', 'dcr-metadata-abuse'],
    controls() {
      const isAcceptable = (uri: string): boolean => {
        if (!URL.canParse(uri)) return false;
        const { protocol, hostname, username, password, hash } = new URL(uri);
        if (username || password || hash || hostname.includes('*')) return false;
        if (protocol === 'https:') return true;
        const isLoopback = ['127.', 'localhost', '[::1]'].some((start) =>
          hostname.startsWith(start),
        );
        return protocol === 'http:' && isLoopback;
      };

      const metadataSchema = z.object({
        redirect_uris: z.array(z.string().refine(isAcceptable)).min(1).max(10),
        client_name: z
          .string()
          .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,80}$/u)
          .optional(),
      });

      const registerClient: RegisterClient = (metadata) => {
        const parsed = metadataSchema.safeParse(metadata);
        if (!parsed.success) {
          throw new OAuthError('invalid_client_metadata', 'This metadata is not acceptable.');
        }
        return {
          client_id: randomUUID(),
          ...parsed.data,
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          token_endpoint_auth_method: 'none',
        };
      };

      return { registerClient };
    },
  },
  {
    name: 'other-schemes-are-apps',
    mistake:
      'Schemes that are known to be bad are refused, and any other is taken for that of an app: nobody remembers ws: and blob:.',
    caughtBy: ['dcr-bad-redirect'],
    controls() {
      const BAD = ['javascript:', 'data:', 'file:', 'ftp:', 'vbscript:', 'http:', 'https:'];

      const PLACEHOLDER = 'https://app.example/cb';

      const isApp = (uri: unknown): boolean =>
        typeof uri === 'string' && URL.canParse(uri) && !BAD.includes(new URL(uri).protocol);

      const registerClient: RegisterClient = (metadata, config) => {
        const asked = (metadata ?? {}) as { redirect_uris?: unknown };
        if (!Array.isArray(asked.redirect_uris)) return registerByRule(metadata, config);
        const uris = asked.redirect_uris as string[];
        const ruled = uris.map((uri) =>
          isApp(uri) && !isAcceptableRedirectUri(uri) ? PLACEHOLDER : uri,
        );
        return {
          ...registerByRule({ ...asked, redirect_uris: ruled }, config),
          redirect_uris: uris,
        };
      };

      return { registerClient };
    },
  },
  {
    name: 'private-names-by-text',
    mistake:
      'Places inside the network are known by how the host is written; a name of the attacker’s own can stand for any of them.',
    caughtBy: ['cimd-ssrf'],
    controls() {
      const INSIDE =
        /^(?:localhost|.*\.(?:local|internal)|(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\..*|\[.*\])$/;

      const documentSchema = clientMetadata.extend({
        client_id: z.string(),
        client_name: clientMetadata.shape.client_name.unwrap(),
        client_secret: z.undefined().optional(),
        token_endpoint_auth_method: z.literal('none').default('none'),
      });

      const resolveClientDocument: ResolveClientDocument = async (clientId, web) => {
        try {
          const url = new URL(clientId);
          const isPlain =
            url.protocol === 'https:' && url.href === clientId && url.pathname !== '/';
          if (!isPlain || /[?#@]/.test(clientId)) throw new Error('not a plain https URL');
          if (INSIDE.test(url.hostname)) throw new Error('inside');
          const response = await web.fetch(clientId, { redirect: 'error' });
          if (response.status !== 200 || !response.headers.get('content-type')?.includes('json')) {
            throw new Error('no JSON document');
          }
          let text = '';
          for await (const chunk of response.body ?? []) {
            text += Buffer.from(chunk).toString();
            if (text.length > 5120) throw new Error('too long');
          }
          const document = documentSchema.parse(JSON.parse(text));
          if (document.client_id !== clientId) throw new Error('about another client');
          return document;
        } catch {
          throw new OAuthError('invalid_client', 'This client_id leads to no usable document.');
        }
      };

      return { resolveClientDocument };
    },
  },
  {
    name: 'reads-all-then-measures',
    mistake:
      'The length is checked once the whole document is in memory, so a document without an end fills it first.',
    caughtBy: ['cimd-mismatch'],
    controls() {
      const INSIDE =
        /:|^(?:0|10|127|2[2-5]\d|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.(?:168|0\.0)|198\.1[89]|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

      const documentSchema = clientMetadata.extend({
        client_id: z.string(),
        client_name: clientMetadata.shape.client_name.unwrap(),
        client_secret: z.undefined().optional(),
        token_endpoint_auth_method: z.literal('none').default('none'),
      });

      const resolveClientDocument: ResolveClientDocument = async (clientId, web) => {
        try {
          const url = new URL(clientId);
          const isPlain =
            url.protocol === 'https:' && url.href === clientId && url.pathname !== '/';
          if (!isPlain || /[?#@]/.test(clientId)) throw new Error('not a plain https URL');
          const [address = ''] = await web.lookup(url.hostname);
          if (INSIDE.test(address)) throw new Error('inside');
          const response = await web.fetch(clientId, { address, redirect: 'error' });
          if (response.status !== 200 || !response.headers.get('content-type')?.includes('json')) {
            throw new Error('no JSON document');
          }
          const text = await response.text();
          if (text.length > 5120) throw new Error('too long');
          const document = documentSchema.parse(JSON.parse(text));
          if (document.client_id !== clientId) throw new Error('about another client');
          return document;
        } catch {
          throw new OAuthError('invalid_client', 'This client_id leads to no usable document.');
        }
      };

      return { resolveClientDocument };
    },
  },
  {
    name: 'same-metadata-is-same-client',
    mistake:
      'The client_id is a hash of the metadata, so that nobody registers twice; two installations of one program are one client, and whoever knows the program knows its id.',
    caughtBy: ['answers-what-was-registered'],
    controls: {
      registerClient: (metadata, config) => {
        const { client_id: _random, ...client } = rightly(metadata, config);
        const client_id = createHash('sha256').update(JSON.stringify(client)).digest('base64url');
        return { client_id, ...client };
      },
    },
  },
  {
    name: 'same-site-is-same-client',
    mistake:
      'The document has to name a client of the same site, not this very URL; whoever may publish on a shared host can speak for its neighbours.',
    caughtBy: ['cimd-mismatch'],
    controls() {
      const INSIDE =
        /:|^(?:0|10|127|2[2-5]\d|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.(?:168|0\.0)|198\.1[89]|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

      const documentSchema = clientMetadata.extend({
        client_id: z.string(),
        client_name: clientMetadata.shape.client_name.unwrap(),
        client_secret: z.undefined().optional(),
        token_endpoint_auth_method: z.literal('none').default('none'),
      });

      const resolveClientDocument: ResolveClientDocument = async (clientId, web) => {
        try {
          const url = new URL(clientId);
          const isPlain =
            url.protocol === 'https:' && url.href === clientId && url.pathname !== '/';
          if (!isPlain || /[?#@]/.test(clientId)) throw new Error('not a plain https URL');
          const [address = ''] = await web.lookup(url.hostname);
          if (INSIDE.test(address)) throw new Error('inside');
          const response = await web.fetch(clientId, { address, redirect: 'error' });
          if (response.status !== 200 || !response.headers.get('content-type')?.includes('json')) {
            throw new Error('no JSON document');
          }
          let text = '';
          for await (const chunk of response.body ?? []) {
            text += Buffer.from(chunk).toString();
            if (text.length > 5120) throw new Error('too long');
          }
          const document = documentSchema.parse(JSON.parse(text));
          if (new URL(document.client_id).host !== url.host)
            throw new Error('about another client');
          return document;
        } catch {
          throw new OAuthError('invalid_client', 'This client_id leads to no usable document.');
        }
      };

      return { resolveClientDocument };
    },
  },
];
