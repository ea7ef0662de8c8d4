import type { Topic } from '../../catalogue/curriculum.ts';
import { paint } from '../../shared/paint.ts';
import { showHints } from './hints.ts';
import { ProgressJournal } from './progress-journal.ts';

/** Prints the hints of a topic that were shown before and, unless `again`, one more. */
export function printHints(topic: Topic, again: boolean): void {
  const { slug, title } = topic;
  const number = slug.slice(0, 2);
  const { hints, seen, all } = showHints(topic, again, new ProgressJournal());

  console.log(`${paint('bold', `${number} ${title}`)}\n`);
  for (const [index, hint] of hints.entries()) {
    const mark = index < seen ? '' : ', new';
    console.log(`${paint('bold', `Hint ${index + 1} of ${all}${mark}`)}\n  ${hint}\n`);
  }

  const left = all - hints.length;
  if (hints.length === 0) console.log('You have seen no hint of this topic yet.');
  console.log(
    left === 0
      ? `That is all of them. The lesson says more: lessons/${slug}.md`
      : `${left} left: npm run hint -- ${number}`,
  );
}
