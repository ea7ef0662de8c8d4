/** Questions about an incident, what is right, and which lines of the log tell it. */
import { DOES_NOT_TELL, type AnswerVerdict, type Choice, type Question } from './shared.ts';
import { SECRET_PREFIX } from './plan-incident.ts';
import type { LogLine, MadeCall, MadeIncident } from './run-incident.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

/** A question with its answer; stays in the lab. */
export interface KeyedQuestion {
  question: Question;
  /** What really happened, or what the log really holds. */
  truth: string;
  /** The same for people. */
  truthInWords: string;
  /** Whether the log tells it, and which of its lines, from 1. */
  told: boolean;
  lines: number[];
}

type Ask = (incident: MadeIncident, random: SeededRandom) => KeyedQuestion;

/** Five questions, other ones each time: four about what happened, and one about the log itself. */
export function askQuestions(incident: MadeIncident, seed: number): KeyedQuestion[] {
  const random = seededRandom(seed);
  const drawn = [...random.shuffle(aboutEvents).slice(0, 4), random.pick(aboutLog)];
  return drawn.map((ask) => ask(incident, random));
}

export function checkAnswer(keyed: KeyedQuestion, answer: string): AnswerVerdict {
  const { question, truth, truthInWords, told, lines } = keyed;
  const given = question.choices ? answer : answer.trim().replace(/^0+(?=\d)/, '');
  if (told) {
    const right = given === truth;
    const excuse = given === DOES_NOT_TELL ? 'The log does tell. ' : '';
    return { right, told, lines, sentence: right ? truthInWords : `${excuse}${truthInWords}` };
  }
  const guessed = given === truth ? 'You guessed what happened, but no' : 'No';
  return {
    right: given === DOES_NOT_TELL,
    told,
    lines: [],
    sentence: `${given === DOES_NOT_TELL ? 'Indeed, no' : guessed} line of this log holds it. ${truthInWords}`,
  };
}

const REFUSED =
  /refus|denied|reject|block|fail|error|invalid|forbid|insufficient|unauthor|\b40[0-9]\b|\b429\b/i;
const LIMITED = /rate|limit|\b429\b/i;

const whoLackedScope: Ask = (incident, random) => {
  const { scope } = incident.plan.cast;
  return {
    question: {
      id: 'who-lacked-scope',
      text: 'One user tried again and again to call a tool that their token has no scope for. Who?',
      choices: users(incident, random),
      mayNotTell: true,
    },
    truth: scope,
    truthInWords: `It was ${scope}.`,
    ...tellingAll(
      incident,
      incident.calls.filter(({ part }) => part === 'scope'),
      (line) => line.includes(scope) && REFUSED.test(line),
    ),
  };
};

const howManyLimited: Ask = (incident) => {
  const limited = incident.calls.filter((call) => call.limited);
  return {
    question: {
      id: 'how-many-limited',
      text: 'How many calls were refused by the rate limit?',
      mayNotTell: true,
    },
    truth: String(limited.length),
    truthInWords: `There were ${limited.length}.`,
    ...tellingAll(incident, limited, (line) => LIMITED.test(line)),
  };
};

const whoWasLimited: Ask = (incident, random) => {
  const { limit } = incident.plan.cast;
  return {
    question: {
      id: 'who-was-limited',
      text: 'Whose calls were refused by the rate limit?',
      choices: users(incident, random),
      mayNotTell: true,
    },
    truth: limit,
    truthInWords: `They were those of ${limit}.`,
    ...tellingSome(
      incident,
      incident.calls.filter((call) => call.limited),
      (line) => line.includes(limit) && LIMITED.test(line),
    ),
  };
};

const TOOLS = [
  'get_weather',
  'get_forecast',
  'search_stations',
  'read_report',
  'ping_station',
  'save_alert',
  'delete_alert',
  'list_all_alerts',
];

const whichToolWasProbed: Ask = (incident) => {
  const { forgedTool } = incident.plan;
  return {
    question: {
      id: 'which-tool-was-probed',
      text: 'Somebody without a valid token kept calling one tool. Which?',
      choices: TOOLS.map((tool) => ({ value: tool, label: tool })),
      mayNotTell: true,
    },
    truth: forgedTool,
    truthInWords: `It was ${forgedTool}.`,
    ...tellingSome(
      incident,
      incident.calls.filter(({ part }) => part === 'forged'),
      (line) => line.includes(forgedTool) && REFUSED.test(line),
    ),
  };
};

const whenWasItProbed: Ask = (incident, random) => {
  const forged = incident.calls.filter(({ part }) => part === 'forged');
  const ends = [forged[0]!, forged.at(-1)!];
  const times = ends.map(
    ({ requestId, madeAt }) => linesOf(incident, requestId)[0]?.writtenAt ?? madeAt,
  ) as [number, number];
  const spans = [0, -47, 38, 83].map((seconds): [number, number] => [
    times[0] + seconds * 1000,
    times[1] + (seconds === 0 ? 0 : seconds + random.between(-9, 9)) * 1000,
  ]);
  const truth = inWords(times);
  return {
    question: {
      id: 'when-was-it-probed',
      text: 'From when to when did calls without a valid token come in?',
      choices: random
        .shuffle(spans)
        .map((span) => ({ value: inWords(span), label: inWords(span) })),
      mayNotTell: true,
    },
    truth,
    truthInWords: `It was from ${truth}.`,
    ...tellingAll(incident, ends, (line, { writtenAt }) => tellsTime(line, writtenAt)),
  };
};

const whichRequestWasHostile: Ask = (incident, random) => {
  const [hostile] = incident.calls.filter(({ part }) => part === 'hostile') as [MadeCall];
  const others = random
    .shuffle(incident.calls.filter(({ part }) => part === 'ordinary'))
    .slice(0, 4);
  return {
    question: {
      id: 'which-request-was-hostile',
      text: `A call of ${hostile.tool} was refused because no city has such a name. Which request was it?`,
      choices: random
        .shuffle([hostile, ...others])
        .map(({ requestId }) => ({ value: requestId, label: requestId })),
      mayNotTell: true,
    },
    truth: hostile.requestId,
    truthInWords: `It was ${hostile.requestId}.`,
    ...tellingAll(
      incident,
      [hostile],
      (line) => line.includes(hostile.requestId) && REFUSED.test(line),
    ),
  };
};

const whereIsTheSecret: Ask = (incident, random) => {
  const holding = numbersOf(incident, ({ text }) => holds(text, incident.plan.secret));
  const [first] = holding;
  const others = random
    .shuffle(numbersOf(incident, () => true).filter((number) => !holding.includes(number)))
    .slice(0, 3);
  const choices = [...(first === undefined ? [] : [first]), ...others].sort((a, b) => a - b);
  return {
    question: {
      id: 'where-is-the-secret',
      text: `A user sent an API key by mistake; it begins with ${SECRET_PREFIX}. Does the log hold it?`,
      choices: [
        { value: 'no', label: 'No line holds it' },
        ...choices.map((number) => ({ value: String(number), label: `Line ${number} holds it` })),
      ],
      mayNotTell: false,
    },
    truth: first === undefined ? 'no' : String(first),
    truthInWords:
      first === undefined
        ? 'It is in no line, and so it should be.'
        : `Line ${first} holds it. Whoever may read the log now has the key.`,
    told: true,
    lines: holding,
  };
};

const areThereTokens: Ask = (incident) => {
  const holding = numbersOf(incident, ({ text }) =>
    incident.tokens.some((token) => text.includes(token)),
  );
  const amount =
    holding.length === 0 ? 'none' : holding.length === incident.lines.length ? 'all' : 'some';
  return {
    question: {
      id: 'are-there-tokens',
      text: 'Which lines of the log hold an access token that a reader could use?',
      choices: [
        { value: 'none', label: 'None' },
        { value: 'some', label: 'Some' },
        { value: 'all', label: 'All of them' },
      ],
      mayNotTell: false,
    },
    truth: amount,
    truthInWords: {
      none: 'None does, and so it should be.',
      some: `${holding.length} of ${incident.lines.length} lines do.`,
      all: 'All of them do. A log like this is a list of keys.',
    }[amount],
    told: true,
    lines: holding,
  };
};

const aboutEvents: Ask[] = [
  whoLackedScope,
  howManyLimited,
  whoWasLimited,
  whichToolWasProbed,
  whenWasItProbed,
  whichRequestWasHostile,
];
const aboutLog: Ask[] = [whereIsTheSecret, areThereTokens];

type Tells = (line: string, logged: LogLine) => boolean;

/** The log tells if every one of `calls` has a line that does. */
function tellingAll(incident: MadeIncident, calls: MadeCall[], tells: Tells) {
  const telling = calls.map((call) => tellingLines(incident, call, tells));
  const told = calls.length > 0 && telling.every((lines) => lines.length > 0);
  return { told, lines: told ? inOrder(telling.flat()) : [] };
}

/** The log tells if one of `calls` has a line that does. */
function tellingSome(incident: MadeIncident, calls: MadeCall[], tells: Tells) {
  const lines = inOrder(calls.flatMap((call) => tellingLines(incident, call, tells)));
  return { told: lines.length > 0, lines };
}

const tellingLines = (incident: MadeIncident, { requestId }: MadeCall, tells: Tells): number[] =>
  numbersOf(incident, (line) => isOf(line, requestId) && tells(line.text, line));

const linesOf = ({ lines }: MadeIncident, requestId: string): LogLine[] =>
  lines.filter((line) => isOf(line, requestId));

/** By the request that it was written under, or that it names, if it was written later. */
const isOf = (line: LogLine, requestId: string): boolean =>
  line.requestId === requestId ||
  (line.requestId === '-' && new RegExp(`${requestId}(?!\\d)`).test(line.text));

const numbersOf = ({ lines }: MadeIncident, is: (line: LogLine) => boolean): number[] =>
  lines.flatMap((line, index) => (is(line) ? [index + 1] : []));

const inOrder = (numbers: number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

const users = ({ plan }: MadeIncident, random: SeededRandom): Choice[] =>
  random.shuffle(plan.users).map((user) => ({ value: user, label: user }));

const holds = (text: string, secret: string): boolean =>
  text.includes(secret) || text.includes(Buffer.from(secret).toString('base64').slice(0, -4));

const clock = (at: number): string => new Date(at).toISOString().slice(11, 19);
const inWords = ([from, to]: [number, number]): string => `${clock(from)} to ${clock(to)} UTC`;

/** As a time of day in UTC, or as seconds or milliseconds since the epoch. */
const tellsTime = (line: string, at: number): boolean =>
  [-1000, 0, 1000].some(
    (offset) =>
      line.includes(clock(at + offset)) || line.includes(String(Math.floor((at + offset) / 1000))),
  );
