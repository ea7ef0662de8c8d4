import { loadCatalogue } from '../../catalogue/load-catalogue.ts';
import { paint } from '../../shared/paint.ts';
import { pageAddress } from '../../shared/page-address.ts';
import { fastTrackTopics, filesCovered } from '../fast-track.ts';
import { readHead } from '../quiz/read-quiz.ts';
import { ProgressJournal } from './progress-journal.ts';

/** Where one is on the fast track, and what is next; the page shows the same. */
export async function printFastTrack(journal = new ProgressJournal()): Promise<void> {
  const progress = journal.read();
  const topics = fastTrackTopics();
  const open = topics.filter(({ slug }) => {
    const { track } = progress[slug] ?? {};
    return !track || track.passed < track.all;
  });
  const [next] = open;
  console.log(
    paint('bold', `\nFast track: ${topics.length - open.length} of ${topics.length} fixes hold.`),
  );
  if (!next) {
    console.log('That is all of it. Now the whole module: npm run grade');
    return;
  }
  const number = next.slug.slice(0, 2);
  const [section = ''] = readHead(next.slug).fastTrack;
  console.log(`Next: ${number} ${next.title}`);
  console.log(`  Read:  ${pageAddress()}#/topic/${next.slug}/${section} (while npm start runs)`);
  for (const file of filesCovered(next, await loadCatalogue(next.slug)))
    console.log(`  Write: exercises/${next.slug}/${file}`);
  console.log(`  Check: npm run grade -- ${number} --fast-track`);
}
