import type { Topic } from '../curriculum.ts';
import { paint } from '../paint.ts';
import { ProgressJournal } from './progress-journal.ts';

/** Prints the hints of a topic that were shown before and, unless `again`, one more. */
export function printHints({ slug, title, hints }: Topic, again: boolean): void {
  const number = slug.slice(0, 2);
  const journal = new ProgressJournal();
  const seen = Math.min(journal.read()[slug]?.hints ?? 0, hints.length);
  const shown = again ? seen : Math.min(seen + 1, hints.length);

  console.log(`${paint('bold', `${number} ${title}`)}\n`);
  for (const [index, hint] of hints.slice(0, shown).entries()) {
    const mark = index < seen ? '' : ', new';
    console.log(`${paint('bold', `Hint ${index + 1} of ${hints.length}${mark}`)}\n  ${hint}\n`);
  }
  if (shown > seen) journal.append([{ type: 'hints', topic: slug, shown }]);

  const left = hints.length - shown;
  if (shown === 0) console.log('You have seen no hint of this topic yet.');
  console.log(
    left === 0
      ? `That is all of them. The lesson says more: lessons/${slug}.md`
      : `${left} left: npm run hint -- ${number}`,
  );
}
