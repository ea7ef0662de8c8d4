/** What is written once more elsewhere: tables in documents, and the lists of survivors. */
import { filesOf } from '../../catalogue/curriculum.ts';
import { oneLine, type Survivors } from '../../proof/mutants/survivors.ts';
import { makeTable, tableIn } from '../tables/made-table.ts';
import { madeTables } from '../tables/made-tables.ts';
import type { Finding } from '../finding.ts';
import { readJson, type WorkbookRule } from '../workbook.ts';

const fresh: WorkbookRule = {
  holds: 'tables in documents are as npm run write-table makes them',
  find: async ({ files, broken }) => {
    // They are counted from what could not be loaded.
    if (broken.length > 0) return [];
    const found = await Promise.all(
      madeTables.map(async (table): Promise<Finding[]> => {
        const present = tableIn(files.get(table.document) ?? '', table);
        if (present === (await makeTable(table))) return [];
        const wrong = `The table of ${table.name} is not as it would be made now.`;
        return [{ file: table.document, wrong, mend: 'npm run write-table' }];
      }),
    );
    return found.flat();
  },
};

const survivors: WorkbookRule = {
  holds: 'survivors of mutation are explained, and are changes of code that is there',
  find: (book) =>
    book.topics.flatMap((topic) => {
      const { slug } = topic;
      const file = `proof/mutants/survivors/${slug}.json`;
      const sources = new Map(
        filesOf(topic).map((name) => [
          name,
          oneLine(book.files.get(`solutions/${slug}/${name}`) ?? ''),
        ]),
      );
      return readJson<Survivors[]>(book, file, []).flatMap(({ reason, mutants }) => {
        const gone = mutants.filter((key) => {
          const [, name = '', original] = /^(\S+) \S+: (.*?)…? → /s.exec(key) ?? [];
          return !original || !sources.get(name)?.includes(original);
        });
        const again = `npm run mutants -- ${slug.slice(0, 2)} says what has become of them.`;
        return [
          ...(reason.endsWith('.') && mutants.length > 0
            ? []
            : [
                {
                  file,
                  wrong: `“${reason}” is no sentence, or explains nothing.`,
                  mend: 'Say why no check should notice these changes, or remove the entry.',
                },
              ]),
          ...gone.map((key) => ({
            file,
            wrong: `The changed code is not there any more: ${key}`,
            mend: again,
          })),
        ];
      });
    }),
};

export const documentRules = [fresh, survivors];
