import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import { parseFeedUrl as rightly } from '../../../solutions/21-outgoing-requests/outgoing-address.ts';
import type { Mistake } from '../../solutions.ts';

const refused = (): InvalidInputError => new InvalidInputError('This address will not do.');

/** What all of these read in the same way, and rightly. */
function read(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw refused();
  }
}

/** As the reference would judge it, but for the parts that `changed` mends. */
function judgedWithout(text: string, ...parts: ('protocol' | 'port' | 'username' | 'password')[]) {
  const url = read(text);
  const judged = new URL(url);
  for (const part of parts) judged[part] = part === 'protocol' ? 'https:' : '';
  rightly(judged.href);
  return url;
}

export const mistakes: Mistake[] = [
  {
    name: 'http-as-well',
    mistake: 'A feed may come in the clear, because it is public anyway.',
    caughtBy: ['out-plain-http', 'out-redirect-elsewhere'],
    controls: { parseFeedUrl: (text) => judgedWithout(text, 'protocol') },
  },
  {
    name: 'https-somewhere-in-it',
    mistake: 'The text is searched for https, which may stand further on.',
    caughtBy: ['out-plain-http'],
    controls: {
      parseFeedUrl(text) {
        if (!text.toLowerCase().includes('https:')) throw refused();
        return judgedWithout(text, 'protocol');
      },
    },
  },
  {
    name: 'http-as-it-is-usually-spelled',
    mistake: 'Addresses that begin with http: are refused, as text, so that other spellings pass.',
    caughtBy: ['out-plain-http'],
    controls: {
      parseFeedUrl(text) {
        if (text.startsWith('http:')) throw refused();
        return judgedWithout(text, 'protocol');
      },
    },
  },
  {
    name: 'any-port',
    mistake: 'The port is not looked at, so that other services are tried.',
    caughtBy: ['out-other-port', 'out-redirect-elsewhere'],
    controls: { parseFeedUrl: (text) => judgedWithout(text, 'port') },
  },
  {
    name: 'known-ports-only-refused',
    mistake: 'A list of ports of other services, which lacks most of them.',
    caughtBy: ['out-other-port'],
    controls: {
      parseFeedUrl(text) {
        const { port } = read(text);
        if (['21', '22', '25', '80', '3306', '5432', '6379', '8080'].includes(port))
          throw refused();
        return judgedWithout(text, 'port');
      },
    },
  },
  {
    name: 'a-port-that-begins-well',
    mistake: 'The port is compared as the beginning of a text: 4433 begins with 443.',
    caughtBy: ['out-other-port'],
    controls: {
      parseFeedUrl(text) {
        if (!read(text).host.match(/^[^:]+$|:443/)) throw refused();
        return judgedWithout(text, 'port');
      },
    },
  },
  {
    name: 'credentials-pass',
    mistake: 'User name and password are let through, and sent along.',
    caughtBy: ['out-credentials', 'out-redirect-elsewhere'],
    controls: { parseFeedUrl: (text) => judgedWithout(text, 'username', 'password') },
  },
  {
    name: 'a-password-without-a-user',
    mistake: 'Only the user name is looked at; a password needs none.',
    caughtBy: ['out-credentials'],
    controls: { parseFeedUrl: (text) => judgedWithout(text, 'password') },
  },
  {
    name: 'the-parser-throws',
    mistake:
      'A text that is no URL ends in an error of the parser, so that the model is told that the server is out of order.',
    caughtBy: ['says-what-can-be-mended'],
    controls: { parseFeedUrl: (text) => rightly(new URL(text).href) },
  },
  {
    name: 'as-the-parser-would-write-it',
    mistake: 'Only the spelling that the parser itself would write is accepted.',
    caughtBy: ['imports-honest-feeds'],
    controls: {
      parseFeedUrl(text) {
        if (read(text).href !== text) throw refused();
        return rightly(text);
      },
    },
  },
  {
    name: 'no-queries',
    mistake: 'A query is refused, though many feeds are chosen by one.',
    caughtBy: ['imports-honest-feeds', 'follows-honest-redirects'],
    controls: {
      parseFeedUrl(text) {
        if (read(text).search !== '') throw refused();
        return rightly(text);
      },
    },
  },
  {
    name: 'made-https',
    mistake: 'An address with http is not refused but asked with https, which nobody has named.',
    caughtBy: ['out-plain-http'],
    controls: {
      parseFeedUrl(text) {
        const url = read(text);
        if (url.protocol === 'http:') url.protocol = 'https:';
        return rightly(url.href);
      },
    },
  },
  {
    name: 'port-left-out',
    mistake:
      'A port is not refused but left out, so that the caller gets what it has not asked for.',
    caughtBy: ['out-other-port'],
    controls: {
      parseFeedUrl(text) {
        const url = read(text);
        url.port = '';
        return rightly(url.href);
      },
    },
  },
  {
    name: 'ends-like-https',
    mistake: 'Every scheme that ends with s is taken for https.',
    caughtBy: ['out-plain-http'],
    controls: {
      parseFeedUrl(text) {
        const url = read(text);
        return url.protocol.endsWith('s:') ? judgedWithout(text, 'protocol') : rightly(text);
      },
    },
  },
  {
    name: 'port-of-the-text',
    mistake: 'The port is searched in the text, which the parser reads otherwise.',
    caughtBy: ['out-other-port'],
    controls: {
      parseFeedUrl(text) {
        const [, port] = /^https:\/\/[^/:]+:(\d+)/i.exec(text) ?? [];
        if (port !== undefined && port !== '443') throw refused();
        return judgedWithout(text, 'port');
      },
    },
  },
  {
    name: 'user-of-the-text',
    mistake: 'A user name is searched before the first slash of the text, and may stand elsewhere.',
    caughtBy: ['out-credentials'],
    controls: {
      parseFeedUrl(text) {
        if (/^https:\/\/[^/]*@/i.test(text)) throw refused();
        return judgedWithout(text, 'username', 'password');
      },
    },
  },
  {
    name: 'a-scheme-where-none-is',
    mistake: 'A text without a scheme gets one, although it is no URL.',
    caughtBy: ['says-what-can-be-mended'],
    controls: {
      parseFeedUrl: (text) =>
        rightly(/^\w/.test(text) && !text.includes(':') ? `https://${text}` : text),
    },
  },
  {
    name: 'quotes-the-parser',
    mistake: 'The caller is told the error of the parser, with its stack.',
    caughtBy: ['says-what-can-be-mended'],
    controls: {
      parseFeedUrl(text) {
        try {
          return rightly(new URL(text).href);
        } catch (error) {
          throw new InvalidInputError((error as Error).stack);
        }
      },
    },
  },
  {
    name: 'no-at-sign',
    mistake: 'An @ is taken for user information wherever it stands.',
    caughtBy: ['imports-honest-feeds'],
    controls: {
      parseFeedUrl(text) {
        if (text.includes('@')) throw refused();
        return rightly(text);
      },
    },
  },
];
