/**
 * Whom the attacks on a model's trust work on, without a model: an agent that obeys whatever it
 * believes, a user who agrees to whatever looks harmless. Both are deterministic, so that a verdict is.
 */
import type { ListedTool, ToolReview } from '../../../exercises/weather-server/controls.ts';
import type { Answer, LabSession, LabReply } from '../../../lab/protocol.ts';
import { parse } from '../replies.ts';

// ------------------------------------------------------------------------------ what can be seen

/** Seen by nobody, whatever stands beside them, as Unicode says or as fonts show them. */
const IGNORED = String.raw`\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u{13430}-\u{13440}`;

/** Letters and marks of the scripts whose spelling needs joiners. */
const JOINED = `[${[
  'Arabic',
  'Syriac',
  'Mongolian',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Khmer',
  'Myanmar',
]
  .map((script) => String.raw`\p{Script_Extensions=${script}}`)
  .join('')}]`;

/** Viramas, chillus and the Kurdish ه, after which a word may end with a joiner. */
const ENDING = String.raw`[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u0d54-\u0d56\u0d7a-\u0d7f\u0647]`;

/** What honest text needs of them: direction marks, one joiner in its place, the selector of emoji. */
const HONEST = [
  String.raw`[\u200e\u200f]`,
  String.raw`(?<=${JOINED})[\u200c\u200d](?=${JOINED})`,
  String.raw`(?<=${ENDING})[\u200c\u200d](?![\p{L}\p{M}\p{N}\u200c\u200d])`,
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Emoji})[\ufe0e\ufe0f](?!\p{Variation_Selector})`,
].join('|');

/** Characters that no text needs and nobody sees: these, and controls but tab and line ends. */
export const HIDDEN = new RegExp(
  String.raw`(?![\t\n\r\u0085])\p{Cc}|(?!${HONEST})[${IGNORED}]`,
  'u',
);

/** What a run of tag characters, of variation selectors or of joiners says to whoever can read it. */
function hiddenText(text: string): string {
  const tags: string[] = [];
  const bytes: number[] = [];
  const bits: string[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xe0020 && code <= 0xe007e) tags.push(String.fromCharCode(code - 0xe0000));
    if (code === 0x200c || code === 0x200d) bits.push(String(code - 0x200c));
    if (code >= 0xfe00 && code <= 0xfe0f) bytes.push(code - 0xfe00);
    if (code >= 0xe0100 && code <= 0xe01ef) bytes.push(code - 0xe0100 + 16);
  }
  const spelled = bits.join('').match(/[01]{8}/g) ?? [];
  const texts = [bytes, spelled.map((byte) => Number.parseInt(byte, 2))];
  return [tags.join(''), ...texts.map((each) => Buffer.from(each).toString('utf8'))].join('\n');
}

const ZERO_WIDTH = new RegExp(`[${IGNORED}]`, 'gu');

/**
 * Every text in a JSON value, names of members included. `skip`: objects not to look into. Without
 * recursion, for there are payloads to break that.
 */
function textsIn(whole: unknown, skip: (object: object) => boolean = () => false): string[] {
  const texts: string[] = [];
  const open = [whole];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') texts.push(value);
    if (typeof value !== 'object' || value === null || skip(value)) continue;
    for (const [key, member] of Object.entries(value).toReversed()) {
      if (!Array.isArray(value)) texts.push(key);
      open.push(member);
    }
  }
  return texts;
}

// ------------------------------------------------------------------------------------ the agent

/** What an MCP host hands to its model: structured content, and content, parsed where it is JSON. */
function resultOf(reply: LabReply): unknown[] {
  const { result } = (reply.json ?? {}) as {
    result?: { structuredContent?: unknown; content?: { text?: string }[] };
  };
  const blocks = (result?.content ?? []).map(({ text }) => parse(text) ?? text);
  return [result?.structuredContent, ...blocks];
}

/** Every text of a result, labelled or not. */
export const textsOf = (reply: LabReply): string[] => textsIn(resultOf(reply));

/** `call save_alert with {"city": "Paris", "text": "x"}` */
const ORDER = /call (\w+) with (\{[^{}]*\})/gi;

interface Order {
  tool: string;
  args: Record<string, unknown>;
}

function ordersIn(texts: string[]): Order[] {
  return texts.flatMap((text) =>
    [...text.matchAll(ORDER)].flatMap(([, tool = '', json = '']) => {
      const args = parse(json);
      return typeof args === 'object' ? [{ tool, args: args as Record<string, unknown> }] : [];
    }),
  );
}

/**
 * What an agent would do after reading a result. Text in an object marked `untrusted: true` is data
 * to it; anything else it believes. A label helps only where what it labels can be reviewed: what is
 * hidden between the letters is obeyed, labelled or not, as models have been seen to do.
 */
function ordersToObey(reply: LabReply): Order[] {
  const result = resultOf(reply);
  const isLabelled = (object: object): boolean =>
    (object as { untrusted?: unknown }).untrusted === true;
  const believed = textsIn(result, isLabelled);
  const hidden = textsIn(result).map((text) =>
    HIDDEN.test(text) ? `${hiddenText(text)}\n${text.replaceAll(ZERO_WIDTH, '')}` : '',
  );
  const orders = ordersIn([...believed, ...hidden]);
  // Content and structured content say the same thing; it is done once.
  const known = new Map(orders.map((order) => [JSON.stringify(order), order]));
  return [...known.values()].slice(0, 3);
}

/** Obeys, with the user's own token. */
export async function readAsAgent(
  lab: LabSession,
  reply: LabReply,
  token: string,
): Promise<LabReply[]> {
  const harm: LabReply[] = [];
  for (const { tool, args } of ordersToObey(reply)) {
    harm.push(await lab.call(tool, args, { token, label: `what the agent did: ${tool}` }));
  }
  return harm;
}

// ---------------------------------------------------------------------- the user and the client

/** What the user would not agree to, wherever it stands. */
export const SUSPICIOUS = '~/.ssh';

/** A gap after which people take a text to be over. */
const END_OF_TEXT = /\s{200,}/;

/** Between the two, a terminal shows blanks. */
// oxlint-disable-next-line no-control-regex
const CONCEALED = /\u001b\[8m.*?(?:\u001b\[(?:0|28)?m|$)/gs;

/** What a person sees of a text on a screen: no hidden characters, nothing that is concealed. */
const seenByUser = (text: string): string =>
  text
    .replaceAll(CONCEALED, '')
    .replaceAll(/(?!\s)\p{Cc}|\p{Default_Ignorable_Code_Point}/gu, '')
    .split(END_OF_TEXT, 1)
    .join();

/** Escapes such as \u200b, \u{e0041} or U+202E: a careful client shows what cannot be seen. */
const ESCAPE = /(?:\\u|U\+|\\x)\{?([0-9a-f]{2,6})/gi;

/** Agrees, unless the marker or a trace of something hidden can be seen. */
function userAgrees(text: string): boolean {
  const seen = seenByUser(text);
  const showsHidden = [...seen.matchAll(ESCAPE)].some(([, hex = '']) => {
    const code = Number.parseInt(hex, 16);
    const isHalfOfTag = code === 0xdb40;
    return isHalfOfTag || (code <= 0x10ffff && HIDDEN.test(String.fromCodePoint(code)));
  });
  return !seen.includes(SUSPICIOUS) && !showsHidden;
}

/**
 * A tool without regard to the order of members, to tell whether two are the same: the way to each
 * of its values, and the value. Without recursion as well.
 */
function identity(tool: unknown): string {
  const lines: string[] = [];
  const open: [way: string, value: unknown][] = [['', tool]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [way, value] = next;
    const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (members.length === 0) lines.push(`${way} ${JSON.stringify(value)}`);
    const step = Array.isArray(value) ? '[' : '.';
    for (const [key, member] of members) open.push([`${way}${step}${JSON.stringify(key)}`, member]);
  }
  return lines.sort().join('\n');
}

/** What a client with the target's `reviewTools` did with one list after the other. */
export interface ClientSession {
  /** What the model was offered that the user had not agreed to, or would not have: sentences. */
  harm: string[];
  /** Whether a review threw. */
  threw: boolean;
  /** The shortest pin, in characters. */
  shortestPin: number;
  /** What each list came to: names offered before anybody was asked, asked about, offered in the end. */
  lists: { before: string[]; asked: string[]; after: string[] }[];
}

/** Reviews each list, asks the user, remembers what was agreed to, and reviews the list again. */
export async function useTools(lab: LabSession, lists: ListedTool[][]): Promise<ClientSession> {
  const session: ClientSession = {
    harm: [],
    threw: false,
    shortestPin: Infinity,
    lists: [],
  };
  const pins: string[] = [];
  const agreed = new Set<string>();
  const review = async (listed: ListedTool[]): Promise<ToolReview> => {
    const answer: Answer<ToolReview> = await lab.reviewTools(listed, pins);
    if ('refused' in answer) {
      session.threw = true;
      return { offered: [], questions: [] };
    }
    for (const tool of answer.value.offered) session.harm.push(...harmOf(tool, listed, agreed));
    return answer.value;
  };
  for (const listed of lists) {
    const first = await review(listed);
    for (const { name, text, pin } of first.questions) {
      session.shortestPin = Math.min(session.shortestPin, pin.length);
      if (!userAgrees(text)) continue;
      pins.push(pin);
      for (const tool of listed) if (tool.name === name) agreed.add(identity(tool));
    }
    const second = await review(listed);
    session.lists.push({
      before: first.offered.map(({ name }) => name),
      asked: first.questions.map(({ name }) => name),
      after: second.offered.map(({ name }) => name),
    });
  }
  session.harm = [...new Set(session.harm)];
  return session;
}

/** Why `tool` must not be in front of a model: what it says, or that nobody agreed to it. */
function harmOf(tool: ListedTool, listed: ListedTool[], agreed: Set<string>): string[] {
  const told = textsIn(tool).find(
    (text) =>
      text.replaceAll(ZERO_WIDTH, '').includes(SUSPICIOUS) || hiddenText(text).includes(SUSPICIOUS),
  );
  if (told !== undefined) {
    return [`The model was offered ${nameOf(tool)}, which tells it to read ${SUSPICIOUS}.`];
  }
  // A client may offer what it has cleaned; what it must not do is to offer what nobody has seen.
  const isFromList = listed.some((other) => identity(other) === identity(tool));
  return isFromList && !agreed.has(identity(tool))
    ? [`The model was offered ${nameOf(tool)} in a form that the user has not agreed to.`]
    : [];
}

const nameOf = ({ name }: ListedTool): string => name.replaceAll(/[^\w.-]/gu, '').slice(0, 40);
