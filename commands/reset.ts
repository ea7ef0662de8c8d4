/**
 * `npm run reset -- <topic>`: the stubs of a topic as they were shipped. What the learner wrote is
 * saved first. Exit code: 0, or 2 if the command was not understood.
 */
import { constants, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../shared/project-path.ts';
import { ProgressJournal } from '../grader/progress/progress-journal.ts';
import { makeSaveFolder, SAVED } from '../grader/progress/save-folder.ts';
import { editedStubs } from '../catalogue/shipped-stubs.ts';
import { readOneTopic } from './read-one-topic.ts';

const { topic } = readOneTopic(`Usage: npm run reset -- topic
  topic   a number or a name: 10, rate-limits, 10-rate-limits
Your files are saved in ${SAVED}/ before the stubs come back.`);

const edited = editedStubs(topic).flatMap(({ shipped, ...stub }) => {
  if (shipped !== undefined) return [{ ...stub, shipped }];
  console.log(`${stub.file} was never shipped, so it stays. npm run ship-stubs records it.`);
  return [];
});
const written = edited.filter(({ present }) => present !== undefined);

if (edited.length === 0) {
  console.log(`The stubs of ${topic.slug} are as shipped. There is nothing to reset.`);
}
// All is saved before anything is overwritten.
if (written.length > 0) {
  const folder = makeSaveFolder();
  for (const { file } of written) {
    const saved = path.join(projectFolder, folder, file);
    mkdirSync(path.dirname(saved), { recursive: true });
    copyFileSync(path.join(projectFolder, file), saved, constants.COPYFILE_EXCL);
    console.log(`Saved      ${folder}/${file}`);
  }
}
for (const { file, shipped } of edited) {
  mkdirSync(path.dirname(path.join(projectFolder, file)), { recursive: true });
  writeFileSync(path.join(projectFolder, file), shipped);
  console.log(`Restored   ${file}`);
}
if (edited.length > 0) {
  new ProgressJournal().append([{ type: 'reset', topic: topic.slug }]);
  console.log('The topic is open again; lesson, quiz, hints and pins stay as they are.');
}
