import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'compares-the-beginning',
    mistake:
      'The URL begins as it should, and a city can still bring parameters and further segments.',
    caughtBy: ['ssrf'],
    controls: {
      buildUpstreamUrl: (endpoint, city, baseUrl) => {
        const { href } = new URL(city, `${baseUrl}${endpoint}/`);
        if (!href.startsWith(`${baseUrl}${endpoint}/`))
          throw new InvalidInputError('No such city.');
        return href;
      },
    },
  },
  {
    name: 'compares-the-host',
    mistake: 'The request stays at the right host, and goes to any path there, with our key.',
    caughtBy: ['ssrf'],
    controls: {
      buildUpstreamUrl: (endpoint, city, baseUrl) => {
        const url = new URL(city, `${baseUrl}${endpoint}/`);
        if (url.origin !== new URL(baseUrl).origin) throw new InvalidInputError('No such city.');
        return url.href;
      },
    },
  },
  {
    name: 'decodes-first',
    mistake:
      'JSON was decoded already; decoding once more makes a slash of `%2f` behind every check.',
    caughtBy: ['ssrf'],
    controls: {
      buildUpstreamUrl: (endpoint, city, baseUrl) =>
        `${baseUrl}${endpoint}/${encodeURIComponent(decodeURIComponent(city))}`,
    },
  },
  {
    name: 'encoded-twice',
    mistake: 'What is encoded twice is decoded once: nobody knows the weather in S%C3%A3o%20Paulo.',
    caughtBy: ['ssrf', 'weather-for-every-name'],
    controls: {
      buildUpstreamUrl: (endpoint, city, baseUrl) =>
        new URL(`${endpoint}/${encodeURIComponent(encodeURIComponent(city))}`, baseUrl).href,
    },
  },
  {
    name: 'encodes-a-whole-url',
    mistake:
      'encodeURI is for whole URLs: it leaves slashes, question marks and hashes as they are.',
    caughtBy: ['ssrf'],
    controls: {
      buildUpstreamUrl: (endpoint, city, baseUrl) => `${baseUrl}${endpoint}/${encodeURI(city)}`,
    },
  },
  {
    name: 'encodes-plainly',
    mistake:
      'encodeURIComponent leaves dots alone, and a city called `..` is a step up to another path.',
    caughtBy: ['ssrf'],
    controls: {
      buildUpstreamUrl: (endpoint, city, baseUrl) =>
        `${baseUrl}${endpoint}/${encodeURIComponent(city)}`,
    },
  },
  {
    name: 'letters-of-english-only',
    mistake: 'Nothing but ASCII letters leads astray, and most cities have others.',
    caughtBy: ['weather-for-every-name'],
    controls: {
      buildUpstreamUrl: (endpoint, city, baseUrl) => {
        if (!/^[A-Za-z][A-Za-z .'-]*$/.test(city)) throw new InvalidInputError('No such city.');
        return `${baseUrl}${endpoint}/${city}`;
      },
    },
  },
];
