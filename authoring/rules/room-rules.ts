/** The rooms of the workbook, its folders at the top, and the lists that name them. */
import { DECIDING, NOT_DECIDING } from '../../grader/grading/fingerprint.ts';
import type { Finding } from '../finding.ts';
import { readJson, type WorkbookRule } from '../workbook.ts';

const README = 'README.md';
const LINTER = '.oxlintrc.json';
const FINGERPRINT = 'grader/grading/fingerprint.ts';

const described: WorkbookRule = {
  holds: 'README says of every room what it holds, and of none that is not there',
  find: ({ rooms, files }) => {
    const rows = (files.get(README) ?? '').matchAll(/^\| `([a-z-]+)\/[^`]*` +\| \S/gm);
    const named = new Set([...rows].map(([, room = '']) => room));
    return [
      ...rooms
        .filter((room) => !named.has(room))
        .map((room) => ({
          file: README,
          wrong: `Its table of folders does not have ${room}/.`,
          mend: 'Add a row that says what it holds.',
        })),
      ...[...named]
        .filter((room) => !rooms.includes(room))
        .map((room) => ({
          file: README,
          wrong: `Its table of folders has ${room}/, which is not there.`,
          mend: 'Remove the row.',
        })),
    ];
  },
};

const fenced: WorkbookRule = {
  holds: 'the linter says of every room with code what it may import',
  find: (book) => {
    const { overrides = [] } = readJson<{ overrides?: { files: string[] }[] }>(book, LINTER, {});
    const fencedRooms = new Set(
      overrides.flatMap(({ files }) => files.map((glob) => glob.split('/')[0])),
    );
    return book.rooms
      .filter((room) => !TEXT_ONLY.includes(room) && !fencedRooms.has(room))
      .map((room): Finding => ({
        file: LINTER,
        wrong: `It has no rule for ${room}/.`,
        mend: 'Add an override that names the rooms above it.',
      }));
  },
};
const TEXT_ONLY = ['docs', 'findings', 'lessons'];

const fingerprinted: WorkbookRule = {
  holds: 'of every room it is decided whether a grade depends on it',
  find: ({ rooms }) => {
    const decided = [...DECIDING, ...NOT_DECIDING].map((place) => place.split('/')[0]);
    return rooms
      .filter((room) => !decided.includes(room))
      .map((room): Finding => ({
        file: FINGERPRINT,
        wrong: `Neither list has ${room}/.`,
        mend: 'Add it to DECIDING if a verdict depends on it, otherwise to NOT_DECIDING.',
      }));
  },
};

export const roomRules = [described, fenced, fingerprinted];
