import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'a-host-in-some-line',
    mistake:
      'With the m flag the pattern is content with one good line; the shell runs the others.',
    caughtBy: ['cmd-shell'],
    controls: {
      pingHost: (host, shell) => {
        if (!/^[a-z0-9][a-z0-9.-]*$/im.test(host)) throw new InvalidInputError('This is no host.');
        return shell.exec(`fping -c 1 -- ${host}`);
      },
    },
  },
  {
    name: 'array-for-a-shell',
    mistake: '`shell: true` joins the array to a line and hands it to the shell.',
    caughtBy: ['cmd-shell'],
    controls: {
      pingHost: (host, shell) => shell.execFile('fping', ['-c', '1', '--', host], { shell: true }),
    },
  },
  {
    name: 'array-without-an-end-of-options',
    mistake:
      'No shell is involved any more, and a host that begins with a hyphen is an option as ever.',
    caughtBy: ['cmd-argument'],
    controls: {
      pingHost: (host, shell) => shell.execFile('fping', ['-c', '1', host]),
    },
  },
  {
    name: 'hyphens-anywhere',
    mistake:
      'Letters, digits, dots and hyphens are what host names are made of, and `-flatest.txt` as well.',
    caughtBy: ['cmd-argument'],
    controls: {
      pingHost: (host, shell) => {
        if (!/^[a-z0-9.-]+$/i.test(host)) throw new InvalidInputError('This is no host.');
        return shell.execFile('fping', ['-c', '1', host]);
      },
    },
  },
  {
    name: 'in-double-quotes',
    mistake:
      'Between double quotes a shell still reads dollar signs and backticks, and fping its options.',
    caughtBy: ['cmd-argument', 'cmd-shell'],
    controls: {
      pingHost: (host, shell) => shell.exec(`fping -c 1 ${JSON.stringify(host)}`),
    },
  },
  {
    name: 'in-single-quotes',
    mistake: 'Single quotes keep everything out but a single quote.',
    caughtBy: ['cmd-shell'],
    controls: {
      pingHost: (host, shell) => shell.exec(`fping -c 1 -- '${host}'`),
    },
  },
  {
    name: 'metacharacters-removed',
    mistake:
      'A line end is none of the characters on the list, and begins a command as well as a semicolon.',
    caughtBy: ['cmd-shell'],
    controls: {
      pingHost: (host, shell) =>
        shell.exec(`fping -c 1 -- ${host.replaceAll(/[;&|`$<>(){}'"\\]/g, '')}`),
    },
  },
  {
    name: 'small-letters-only',
    mistake: 'Upper case means nothing in a host name, so that a pattern must not mind it.',
    caughtBy: ['pings-stations'],
    controls: {
      pingHost: (host, shell) => {
        if (!/^[a-z0-9][a-z0-9.:-]*$/.test(host)) throw new InvalidInputError('This is no host.');
        return shell.execFile('fping', ['-c', '1', '--', host]);
      },
    },
  },
  {
    name: 'trimmed-after-the-check',
    mistake: 'The host does not begin with a hyphen until the blank in front of it is trimmed.',
    caughtBy: ['cmd-argument'],
    controls: {
      pingHost: (host, shell) => {
        if (host.startsWith('-')) throw new InvalidInputError('This is no host.');
        return shell.execFile('fping', ['-c', '1', host.trim()]);
      },
    },
  },
];
