/** `npm run try -- FILE …`: which checks of its topic a wrong or right solution fails, and why. */
import path from 'node:path';
import { curriculum } from '../catalogue/curriculum.ts';
import { Lab } from '../lab/lab.ts';
import { runTopic } from '../grader/run-topic.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: npm run try -- proof/wrong-solutions/<slug>/<name>.ts …');
  process.exit(2);
}
const lab = await Lab.open();
for (const file of files) {
  const topic = path.basename(path.dirname(file));
  const results = await runTopic(topic, { kind: 'solution', topic, file }, lab);
  const failed = [...results].flatMap(([id, failure]) => (failure ? [{ id, failure }] : []));
  console.log(`${file}: fails ${failed.length} of ${results.size}`);
  for (const { id, failure } of failed) {
    console.log(`  ${id.padEnd(34)}${failure.reason.split('\n')[0]}`);
  }
  if (curriculum.some(({ slug, capstone }) => slug === topic && capstone)) {
    console.log('  Of the attacks of other topics, one payload each was fired; grading fires all.');
  }
}
await lab.close();
