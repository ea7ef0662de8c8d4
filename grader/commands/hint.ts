/**
 * `npm run hint -- <topic> [--again]`: one hint more each time, from a nudge to nearly the answer.
 * Exit code: 0, or 2 if the command was not understood.
 */
import { ProgressJournal } from '../progress/progress-journal.ts';
import { paint } from '../paint.ts';
import { readOneTopic } from './read-one-topic.ts';

const { topic, again } = readOneTopic(
  `Usage: npm run hint -- topic [--again]
  topic     a number or a name: 10, rate-limits, 10-rate-limits
  --again   show the hints you have seen, and no new one`,
  ['again'],
);
const { slug, title, hints } = topic;
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
