/** For the test of the rules: ways to break the workbook, and what is then found. */
import type { Attack, TopicCatalogue } from '../lab/attack.ts';
import type { Topic } from '../catalogue/curriculum.ts';
import { placeholder } from './placeholder.ts';
import type { Solution } from '../proof/solutions.ts';
import type { Workbook } from './workbook.ts';

const CITY = '08-city-input';
const LESSON = `lessons/${CITY}.md`;
const EXERCISE = `exercises/${CITY}/city-input.ts`;
const SOLUTION = `solutions/${CITY}/city-input.ts`;
const ATTACKS = `catalogue/attacks/${CITY}/attacks.ts`;
const WRONG = `proof/wrong-solutions/${CITY}/mistakes-days-schema.ts`;
const MISTAKE = 'days-in-fractions';
const EXCUSES = 'proof/wrong-solutions/never-alone.json';

type Change = (book: Workbook) => Workbook;

/** Undefined removes the file. */
const file =
  (name: string, change: (text: string) => string | undefined): Change =>
  (book) => {
    const files = new Map(book.files);
    const text = change(files.get(name) ?? '');
    if (text === undefined) files.delete(name);
    else files.set(name, text);
    return { ...book, files };
  };
const replaced = (name: string, from: string | RegExp, to: string): Change =>
  file(name, (text) => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${name} has no ${from}`);
    return changed;
  });
const topic =
  (change: Partial<Topic>): Change =>
  (book) => ({
    ...book,
    topics: book.topics.map((topic) => (topic.slug === CITY ? { ...topic, ...change } : topic)),
  });
const catalogue =
  (change: (catalogue: TopicCatalogue) => TopicCatalogue): Change =>
  (book) => {
    const catalogues = new Map(book.catalogues);
    catalogues.set(CITY, change(catalogues.get(CITY) as TopicCatalogue));
    return { ...book, catalogues };
  };
const firstAttack = (change: Partial<Attack>): Change =>
  catalogue(({ attacks: [first, ...others], uses }) => ({
    attacks: [{ ...(first as Attack), ...change }, ...others],
    uses,
  }));
const solution =
  (change: Partial<Solution>): Change =>
  (book) => ({
    ...book,
    solutions: book.solutions.map((one) => (one.name === MISTAKE ? { ...one, ...change } : one)),
  });
const mistake =
  (change: Record<string, unknown>): Change =>
  (book) => {
    const exports = book.solutions.find(({ name }) => name === MISTAKE)?.exports;
    return solution({ exports: { ...exports, ...change } })(book);
  };

/** By rule: what was broken -> how, and what is found: the file, and a part of the sentence. */
export const broken: Record<
  string,
  Record<string, [Change, file: string | RegExp, wrong: string]>
> = {
  'every catalogue and every wrong or right solution can be loaded': {
    'a catalogue throws': [
      (book) => ({ ...book, broken: [{ file: ATTACKS, wrong: 'It cannot be loaded', mend: '' }] }),
      ATTACKS,
      'cannot be loaded',
    ],
  },
  'topics are numbered in their order, those of the first part from 01 without a gap': {
    'a number is used twice': [
      topic({ slug: '07-city-input' }),
      'catalogue/curriculum.ts',
      '“07-city-input” is topic 08 by its place.',
    ],
  },
  'folders hold exactly the topics': {
    'a lesson is missing': [file(LESSON, () => undefined), 'lessons', `nothing for ${CITY}`],
    'a folder has a topic of its own': [
      file('solutions/15-nothing/a.ts', () => ''),
      'solutions/15-nothing',
      'has no topic 15-nothing',
    ],
  },
  'exercise and solution have the files of the curriculum, and no others': {
    'the solution has another file': [
      file(`solutions/${CITY}/other.ts`, () => ''),
      `solutions/${CITY}/other.ts`,
      'names no such file',
    ],
    'the stub is missing': [file(EXERCISE, () => undefined), EXERCISE, 'missing'],
  },
  'every control belongs to one topic, and is asked by the server or by the lab': {
    'a control has no topic': [
      topic({ controls: { citySchema: 'city-input.ts', unitsSchema: 'city-input.ts' } }),
      'catalogue/curriculum.ts',
      'daysSchema belongs to no topic',
    ],
    'no tool asks for it': [
      file('exercises/weather-server/tools.ts', (text) => text.replaceAll('daysSchema', 'any')),
      'exercises/weather-server/controls.ts',
      'Nothing asks the control daysSchema',
    ],
  },
  'every control whose refusals are on the tape stands at a gate of the picture': {
    'a gate is missing': [
      replaced('playground/src/way/gates.ts', "  matchRedirectUri: 'address',\n", ''),
      'playground/src/way/gates.ts',
      'no gate for the control matchRedirectUri',
    ],
  },
  'every topic has a title, a summary and three hints': {
    'two hints': [topic({ hints: ['a', 'b'] }), 'catalogue/curriculum.ts', '2 hints'],
    'no summary': [topic({ summary: '' }), 'catalogue/curriculum.ts', 'summary'],
  },
  'every topic has its checks file': {
    'it checks another topic': [
      replaced(`grader/checks/${CITY}.test.ts`, CITY, '09-injection'),
      `grader/checks/${CITY}.test.ts`,
      'does not check',
    ],
  },
  'stubs and solutions export every control': {
    'the reference exports another name': [
      replaced(SOLUTION, 'const daysSchema', 'const days'),
      SOLUTION,
      'does not export daysSchema',
    ],
  },
  'solutions have no TODO': {
    'one is left': [file(SOLUTION, (text) => `${text}// TODO\n`), SOLUTION, 'has a TODO'],
  },
  'every stub says what to do': {
    'it has another number': [
      (book) => shipped(file(EXERCISE, (text) => text.replaceAll('TODO 08', 'TODO 07'))(book)),
      EXERCISE,
      'does not say what to do',
    ],
  },
  'stubs are recorded as they are shipped': {
    'one was never shipped': [
      replaced('catalogue/shipped-stubs.json', EXERCISE, 'exercises/other.ts'),
      EXERCISE,
      'never been shipped',
    ],
  },
  'ids are lower-case words with hyphens, and unique in the whole catalogue': {
    'an id is that of another topic': [firstAttack({ id: 'rl-burst' }), ATTACKS, 'Two have the id'],
    'an id has capitals': [firstAttack({ id: 'City' }), ATTACKS, '“City”'],
  },
  'attacks and uses are told in sentences, and cite something': {
    'no full stop': [firstAttack({ story: 'Something bad' }), ATTACKS, 'story is no sentence'],
    'no reference': [firstAttack({ references: [] }), ATTACKS, 'cites nothing'],
  },
  'every attack has payloads, and each fits the shape that it declares': {
    'a payload of another shape': [firstAttack({ variants: { odd: 1 } }), ATTACKS, '“odd”'],
    'no payload': [firstAttack({ variants: {} }), ATTACKS, 'no payload'],
  },
  'every topic has a core attack and an ordinary use': {
    'no use': [catalogue(({ attacks }) => ({ attacks, uses: [] })), ATTACKS, 'no ordinary use'],
    'no attack': [catalogue(({ uses }) => ({ attacks: [], uses })), ATTACKS, 'no core attack'],
  },
  'what leads into a lesson leads to a heading of it': {
    'an attack leads nowhere': [
      firstAttack({ lessonAnchor: 'nowhere' }),
      ATTACKS,
      `leads to ${CITY}#nowhere`,
    ],
  },
  'every topic has 4 wrong and 3 right solutions at least': {
    'all wrong ones are gone': [
      (book) => ({ ...book, solutions: book.solutions.filter(({ topic }) => topic !== CITY) }),
      `proof/wrong-solutions/${CITY}`,
      'It holds 0',
    ],
  },
  'every wrong or right solution exports a control, and says what it is in a sentence': {
    'no sentence': [mistake({ mistake: 'Wrong' }), WRONG, '`mistake`'],
    'no control': [solution({ exports: { mistake: 'One.' } }), WRONG, 'exports no control'],
  },
  'every wrong solution names checks that there are': {
    'an attack of another topic': [mistake({ caughtBy: ['rl-burst'] }), WRONG, 'names rl-burst'],
    none: [mistake({ caughtBy: [] }), WRONG, 'names no check'],
  },
  'each check alone catches a wrong solution, or never-alone.json says why none can': {
    'a new check': [
      (book) => ({ ...book, checks: new Map(book.checks).set(CITY, ['city-new']) }),
      `proof/wrong-solutions/${CITY}`,
      'caught by city-new alone',
    ],
    'a needless excuse': [
      replaced(EXCUSES, '{', '{ "city-redos": "None can.",'),
      EXCUSES,
      'excuses city-redos, which alone catches',
    ],
    'no reason': [
      replaced(EXCUSES, /("whole-07-credentials": )".*"/, '$1"?"'),
      EXCUSES,
      'no sentence',
    ],
  },
  'grading knows every wrong solution by how it fails': {
    'a new sentence': [
      mistake({ mistake: 'Another.' }),
      `grader/grading/known-mistakes/${CITY}.json`,
      'days-in-fractions',
    ],
  },
  'the head of every lesson is right, and the code that it shows is there': {
    'a symbol that is not there': [
      replaced(LESSON, 'symbol=NAME', 'symbol=NOTHING'),
      LESSON,
      'declares no such symbol',
    ],
    'a file that is not there': [
      replaced(LESSON, 'file=solutions/08', 'file=solutions/88'),
      LESSON,
      'no such file',
    ],
    'a question of no kind': [replaced(LESSON, 'kind: choose', 'kind: guess'), LESSON, 'kind'],
  },
  'every lesson has the headings that all have': {
    'another heading': [replaced(LESSON, '## Sources', '## Links'), LESSON, '“Sources”'],
  },
  'title and summary of a lesson are those of the curriculum': {
    'another title': [replaced(LESSON, 'title: City input', 'title: Cities'), LESSON, 'Its title'],
  },
  'every lesson takes 5 to 8 minutes to read': {
    'a long one': [
      replaced(LESSON, '## What to try', `${'word '.repeat(800)}\n\n## What to try`),
      LESSON,
      'To read it takes',
    ],
  },
  'links within the workbook lead somewhere': {
    ...Object.fromEntries(
      ['attack/nothing', 'use/nothing', 'topic/nothing', `topic/${CITY}/nothing`, 'nowhere'].map(
        (place) => [
          place,
          [
            replaced(LESSON, '#/attack/city-redos', `#/${place}`),
            LESSON,
            place.startsWith('topic/08') ? 'no such heading' : (place.split('/').at(-1) ?? ''),
          ] as [Change, string, string],
        ],
      ),
    ),
    'a heading here': [
      replaced(LESSON, '#/attack/city-redos', '#nothing'),
      LESSON,
      '#nothing here',
    ],
  },
  'each core attack is linked from its lesson': {
    'a new attack': [
      firstAttack({ id: 'city-new' }),
      LESSON,
      'does not link to its attack city-new',
    ],
  },
  'no lesson shows a stub: that is the learner’s file, and changes': {
    'its own stub': [
      replaced(LESSON, `${SOLUTION} symbol=daysSchema`, `${EXERCISE} symbol=daysSchema`),
      LESSON,
      'shows a stub',
    ],
  },
  'the fast track leaves time for its fixes in forty minutes': {
    'a topic is left out': [
      replaced(LESSON, /fastTrack:\n(?: {2}- .*\n)+/, ''),
      'lessons',
      'planned are',
    ],
  },
  'every lesson asks 4 to 7 questions, of two kinds or more': {
    none: [replaced(LESSON, /quiz:\n[^]*?\n---/, 'quiz: []\n---'), LESSON, 'asks 0 questions'],
  },
  'every choice is explained in a sentence of its own': {
    'without a full stop': [
      replaced(LESSON, 'with the same empty city.', 'with the same empty city'),
      LESSON,
      'no sentence',
    ],
  },
  'no quiz is answered by a rule of thumb': {
    'the right choice is the longest': [
      file(LESSON, (text) =>
        text.replaceAll(/(- text: '.*)('\n +right: true)/g, `$1${' word'.repeat(40)}$2`),
      ),
      LESSON,
      'mostly the longest',
    ],
  },
  'every point of the course module is in a lesson': {
    'a heading is renamed': [
      replaced('lessons/11-transport.md', '## TLS', '## Encryption'),
      'lessons/11-transport.md',
      '“TLS”',
    ],
  },
  'the questions of the course module are asked': {
    'one is renamed': [
      replaced('lessons/10-rate-limits.md', 'id: why-agents', 'id: why-robots'),
      'lessons/10-rate-limits.md',
      '“why-agents”',
    ],
  },
  'tables in documents are as npm run write-table makes them': {
    'a row is gone': [replaced('README.md', /\| 08 .*\n/, ''), 'README.md', 'The table of topics'],
  },
  'survivors of mutation are explained, and are changes of code that is there': {
    'the code is gone': [
      file(SOLUTION, () => ''),
      `proof/mutants/survivors/${CITY}.json`,
      'not there any more',
    ],
  },
  'no placeholder of npm run new is left': {
    'one in a lesson': [
      replaced(LESSON, '## Sources', `## Sources\n\n${placeholder('Cite.')}`),
      LESSON,
      'A placeholder',
    ],
  },
  'README says of every room what it holds, and of none that is not there': {
    'a room that README does not have': [
      (book) => ({ ...book, rooms: [...book.rooms, 'attic'] }),
      'README.md',
      'does not have attic/',
    ],
    'a row without a room': [
      (book) => ({ ...book, rooms: book.rooms.filter((room) => room !== 'lab') }),
      'README.md',
      'has lab/',
    ],
  },
  'the linter says of every room with code what it may import': {
    'a room without a rule': [
      (book) => ({ ...book, rooms: [...book.rooms, 'attic'] }),
      '.oxlintrc.json',
      'no rule for attic/',
    ],
  },
  'of every room it is decided whether a grade depends on it': {
    'a room in neither list': [
      (book) => ({ ...book, rooms: [...book.rooms, 'attic'] }),
      'grader/grading/fingerprint.ts',
      'Neither list has attic/',
    ],
  },
};

const shipped = (book: Workbook): Workbook => {
  const record = 'catalogue/shipped-stubs.json';
  const stubs = JSON.parse(book.files.get(record) ?? '{}') as Record<string, string>;
  const changed = JSON.stringify({ ...stubs, [EXERCISE]: book.files.get(EXERCISE) });
  return file(record, () => changed)(book);
};
