/**
 * `npm run new -- exercise 22-response-cache`: all files of a topic, with placeholders for whatever
 * its author has to write. Exit code: 0, or 2 if the command was not understood or the topic is there.
 */
import { readCommandLine } from '../shared/command-line.ts';
import { MARKER } from './placeholder.ts';
import { NameProblem, nameExercise, type ExerciseName } from './scaffold/exercise-name.ts';
import { layOutExercise } from './scaffold/lay-out.ts';

const USAGE = `Usage: npm run new -- exercise SLUG [options]
  SLUG             the next number and a name: 22-response-cache
  --title TITLE    as it stands in lists; otherwise made from the slug
  --control NAME   the first control, a function; otherwise named for the topic`;

const { slug, title, control } = readCommandLine(
  USAGE,
  { title: { type: 'string' }, control: { type: 'string' } },
  ({ title: asListed, control: first }, [kind, named, ...others]) => {
    if (kind !== 'exercise' || named === undefined || others.length > 0) {
      throw new Error('Say what is new, and how it is called.');
    }
    return { slug: named, title: asListed, control: first };
  },
);
try {
  const name = nameExercise(slug, title, control);
  const { created, changed } = layOutExercise(name);
  for (const file of created) console.log(`Created    ${file}`);
  for (const file of changed) console.log(`Changed    ${file}`);
  console.log(whatNext(name));
} catch (error) {
  if (!(error instanceof NameProblem)) throw error;
  console.error(error.message);
  process.exit(2);
}

function whatNext({ slug, number, control, file }: ExerciseName): string {
  return `
What is yours to write is marked ${MARKER}. In this order:

  1. exercises/weather-server/   controls.ts: say what ${control} takes and returns.
                                 server.ts, tools.ts or tool-calls.ts: call it.
                                 unguarded.ts: make the mistake.
  2. solutions/${slug}/${file} and exercises/${slug}/${file}
  3. catalogue/attacks/${slug}/attacks.ts, until the first fails and the second passes:
       npm run grade -- ${number}
       npm run grade -- ${number} --solutions
  4. proof/wrong-solutions/${slug}/, four at least, and proof/right-solutions/${slug}/, three:
       npm run try -- proof/wrong-solutions/${slug}/*.ts
  5. lessons/${slug}.md, and its summary and hints in catalogue/curriculum.ts
  6. What is made from all this:
       npm run ship-stubs
       npm run record-mistakes -- ${number}
       npm run write-table
       npm run format
  7. Whether it holds together:
       npm run check -- ${number}
       npm run test:matrix -- ${slug}
       npm test

CONTRIBUTING.md says more about each step.`;
}
