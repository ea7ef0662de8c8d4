import path from 'node:path';
import { InvalidInputError, NotFoundError } from '../../../exercises/weather-server/errors.ts';
import { resolveReportPath as rightly } from '../../../solutions/09-injection/station-tools.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'absolute-names-as-they-are',
    mistake:
      'An absolute path is taken for one that this server has resolved before, and is not compared with the folder again.',
    caughtBy: ['path-absolute'],
    controls: {
      resolveReportPath: async (name, folder, files) => {
        if (!name.startsWith('/')) return rightly(name, folder, files);
        return files.realpath(name).catch(() => {
          throw new NotFoundError('There is no such report.');
        });
      },
    },
  },
  {
    name: 'begins-with-the-folder',
    mistake: '`/srv/weather/data-secret` begins with `/srv/weather/data`, as a text.',
    caughtBy: ['path-absolute', 'path-dotdot', 'path-prefix-sibling', 'path-symlink'],
    controls: {
      resolveReportPath: async (name, folder, files) => {
        const real = await files.realpath(path.posix.join(folder, name)).catch(() => '');
        if (!real.startsWith(folder)) throw new NotFoundError('There is no such report.');
        return real;
      },
    },
  },
  {
    name: 'cities-of-one-word',
    mistake:
      'A report is named after year, month and city, two hyphens between them; São Paulo brings a third one along.',
    caughtBy: ['serves-reports'],
    controls: {
      resolveReportPath: async (name, folder, files) => {
        if (!/^\w+(?:-\w+){0,2}\.txt$/.test(name))
          throw new NotFoundError('There is no such report.');
        return rightly(name, folder, files);
      },
    },
  },
  {
    name: 'decoded-after-the-check',
    mistake: 'The name is checked and then decoded, so that what is checked is not what is opened.',
    caughtBy: ['path-dotdot'],
    controls: {
      resolveReportPath: async (name, folder, files) => {
        const notThere = new NotFoundError('There is no such report.');
        const lies = path.posix.relative(folder, path.posix.join(folder, name));
        if (lies.startsWith('..') || name === 'latest.txt' || name.endsWith('/latest.txt'))
          throw notThere;
        try {
          return await files.realpath(`${folder}/${decodeURIComponent(name)}`);
        } catch {
          throw notThere;
        }
      },
    },
  },
  {
    name: 'dots-removed',
    mistake: 'Removing every `../` makes a new one of `....//`.',
    caughtBy: ['path-dotdot', 'path-symlink'],
    controls: {
      resolveReportPath: async (name, folder, files) => {
        const inside = `${folder}/${name.replaceAll('../', '')}`;
        return files.realpath(inside).catch(() => {
          throw new NotFoundError('There is no such report.');
        });
      },
    },
  },
  {
    name: 'last-part-only',
    mistake: 'The last part of a path cannot climb, and it can be a link all the same.',
    caughtBy: ['path-symlink', 'says-what-is-missing'],
    controls: {
      resolveReportPath: async (name, folder) => `${folder}/${path.posix.basename(name)}`,
    },
  },
  {
    name: 'names-only',
    mistake:
      'Every check of a name lets a link through whose name is good; only the file system knows where it leads.',
    caughtBy: ['path-symlink'],
    controls: {
      resolveReportPath: async (name, folder, files) => {
        const resolved = path.posix.resolve(folder, name);
        if (!resolved.startsWith(`${folder}/`)) throw new NotFoundError('There is no such report.');
        return files.readFile(resolved).then(
          () => resolved,
          () => {
            throw new NotFoundError('There is no such report.');
          },
        );
      },
    },
  },
  {
    name: 'only-dots-refused',
    mistake: 'There are no dots in an absolute path, and `resolve` lets it replace the folder.',
    caughtBy: ['path-absolute', 'path-symlink', 'says-what-is-missing'],
    controls: {
      resolveReportPath: async (name, folder) => {
        if (name.includes('../')) throw new NotFoundError('There is no such report.');
        return path.posix.resolve(folder, name);
      },
    },
  },
  {
    name: 'tells-what-is-outside',
    mistake:
      'Outside and missing are told apart, so that callers can ask which files exist anywhere.',
    caughtBy: ['path-absolute', 'path-dotdot', 'path-prefix-sibling'],
    controls: {
      resolveReportPath: async (name, folder, files) => {
        const real = await files.realpath(`${folder}/${name}`).catch(() => {
          throw new NotFoundError('There is no such report.');
        });
        if (!real.startsWith(`${folder}/`))
          throw new InvalidInputError('This is outside the folder.');
        return real;
      },
    },
  },
  {
    name: 'missing-reports-break',
    mistake:
      'What is outside is not found, and what is not there is an error of the file system that nobody caught: a model hears INTERNAL, and tries again.',
    caughtBy: ['says-what-is-missing'],
    controls: {
      resolveReportPath: async (name, folder, files) => {
        const isInside = (file: string, root: string): boolean => file.startsWith(`${root}/`);
        const asked = path.posix.join(folder, name.replaceAll('\0', ''));
        if (!isInside(asked, folder)) throw new NotFoundError('There is no such report.');
        const real = await files.realpath(asked);
        if (!isInside(real, await files.realpath(folder)) || !real.endsWith('.txt')) {
          throw new NotFoundError('There is no such report.');
        }
        return real;
      },
    },
  },
];
