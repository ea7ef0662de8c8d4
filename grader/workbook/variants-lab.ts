/** What the tests of wrong and right solutions share. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TopicResult } from '../run-topic.ts';
import type { Variant } from '../variants.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** `npm run test:matrix` also proves that a wrong solution fails no check but those that name it. */
export const wholeMatrix = process.env.WORKBOOK_MATRIX === 'whole';

export const importVariant = <T>({ file }: Variant): Promise<T> =>
  import(/* @vite-ignore */ pathToFileURL(path.join(root, file)).href) as Promise<T>;

/** The reasons of the checks that failed, a line each. */
export const explain = (results: TopicResult): string =>
  [...results].flatMap(([id, why]) => (why === undefined ? [] : [`${id}: ${why}`])).join('\n');
