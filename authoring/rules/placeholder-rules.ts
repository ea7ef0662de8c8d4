import type { Finding } from '../finding.ts';
import { MARKER } from '../placeholder.ts';
import type { WorkbookRule } from '../workbook.ts';

const MOST_CHARACTERS = 100;

/** Documents explain the marker, and a shipped stub is a copy. */
const isSource = (file: string): boolean =>
  /^(?:exercises|lessons|solutions|lab|catalogue|grader|proof)\//.test(file) &&
  !file.endsWith('shipped-stubs.json');

const filled: WorkbookRule = {
  holds: 'no placeholder of npm run new is left',
  find: ({ files }) =>
    [...files]
      .filter(([file, text]) => isSource(file) && text.includes(MARKER))
      .flatMap(([file, text]) =>
        text.split('\n').flatMap((content, index): Finding[] => {
          const at = content.indexOf(MARKER);
          if (at === -1) return [];
          const what = content.slice(at + MARKER.length).replace(/^:\s*/, '');
          const shown = what.replace(/(?:['"`,;\]})\s]|\*\/|-->)+$/, '').slice(0, MOST_CHARACTERS);
          return [
            {
              file,
              line: index + 1,
              wrong: 'A placeholder is left.',
              mend: shown,
            },
          ];
        }),
      ),
};

export const placeholderRules = [filled];
