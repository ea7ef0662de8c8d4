import { createHash } from 'node:crypto';
import type {
  ListedTool,
  PresentUpstreamText,
  ReviewTools,
} from '../../exercises/weather-server/controls.ts';

/**
 * A terminal's escape sequences (ECMA-48 §5.4) as a whole, since `[2J` without its escape is litter:
 * control sequences, and the strings that an operating system command and its like carry, up to their
 * end or to the next sequence. Every string that begins is matched, so that the time is linear.
 */
const TERMINAL_SEQUENCES =
  // oxlint-disable-next-line no-control-regex
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

/**
 * What nobody sees: control characters but line feed and tab, and all that Unicode calls default
 * ignorable (bidi controls, zero-width characters, tags, variation selectors, fillers), and
 * annotations, the controls of hieroglyphs, halves of surrogate pairs, code points without a public
 * meaning.
 */
const UNSEEN =
  /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb\u{13430}-\u{13440}]|\p{Surrogate}|\p{Private_Use}|\p{Noncharacter_Code_Point}/gu;

/** Pictures may be joined, and say that they want to be pictures; both are only seen as a picture. */
const INSIDE_A_PICTURE =
  /(?<=\p{Emoji})\ufe0f(?!\p{Variation_Selector})|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d(?=\p{Extended_Pictographic})/gu;

/** What people would see of a text: nothing that could be read by a model only. */
function withoutUnseen(text: string): string {
  const lines = text
    .replaceAll(TERMINAL_SEQUENCES, '')
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  const kept = new Set(Array.from(lines.matchAll(INSIDE_A_PICTURE), ({ index }) => index));
  return lines.replaceAll(UNSEEN, (character, at: number) => (kept.has(at) ? character : ''));
}

/**
 * Text from outside, for a model: what people would see of it, `maxCharacters` code points at most,
 * and marked as untrusted. Keeps letters of every script, accents, line breaks, tabs and joined emoji;
 * the invisible joiners of Persian and Indic spelling are lost, and so are the flags made of tags.
 *
 * Long texts are cut before they are worked on: normalizing sorts the marks on a letter, and takes a
 * second for thirty thousand. The label tells client and model that this is data. It does NOT make a
 * model obey it, and a sentence in plain letters passes: labels make injection less likely, and only
 * least privilege limits what it can do.
 */
export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => {
  // What is not there after this much is hidden so deep that it is not worth a search.
  const seen = withoutUnseen(text.slice(0, 8 * maxCharacters));
  const normalized = firstCharacters(seen, maxCharacters).normalize('NFC');
  // Once more, for a few letters become two; and a joiner may have lost what it joined.
  return { untrusted: true, text: withoutUnseen(firstCharacters(normalized, maxCharacters)) };
};

/** In code points, so that no surrogate pair is cut. */
const firstCharacters = (text: string, count: number): string =>
  Array.from(text.slice(0, 2 * count))
    .slice(0, count)
    .join('');

/** Deeper, and the indentation alone would push a text out of sight. */
const MOST_LEVELS = 32;
/** In characters of JSON; nobody reads more before they agree. */
const LONGEST_TOOL = 64 * 1024;

/**
 * Trust on first use, tool by tool. The pin is the SHA-256 of the whole tool as canonical JSON (as in
 * RFC 8785: members sorted, no blanks), so whatever changes is asked about again, and order is no
 * change. The user reads that same JSON, all of it, with long runs of blanks counted instead of
 * shown.
 *
 * What cannot be shown is refused, and takes no other tool with it: characters that cannot be seen, the
 * joiners of Persian among them; more than 32 levels or 64 KB; what is no object with a name. So is
 * each of two with one name: nobody could tell which of them was meant.
 *
 * Does NOT judge what a description says; that is what the user is for. Nor does it look at what an
 * approved tool does, or at two servers that use one name: keep pins for each server apart.
 */
export const reviewTools: ReviewTools = (listed, pins) => {
  const review: ReturnType<ReviewTools> = { offered: [], questions: [] };
  const named = listed.filter(hasName);
  const twins = namesListedTwice(named);
  for (const tool of named) {
    const question = twins.has(tool.name) ? undefined : questionAbout(tool);
    if (question === undefined) continue;
    if (pins.has(question.pin)) review.offered.push(tool);
    else review.questions.push(question);
  }
  return review;
};

/** Lists come from strangers, who need not keep to the type. */
const hasName = (tool: unknown): tool is ListedTool =>
  typeof tool === 'object' && tool !== null && 'name' in tool && typeof tool.name === 'string';

function namesListedTwice(listed: ListedTool[]): Set<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of listed) (once.has(name) ? twice : once).add(name);
  return twice;
}

/** Undefined for a tool that cannot be shown. Whatever goes wrong with it is its own affair. */
function questionAbout(tool: ListedTool): ReturnType<ReviewTools>['questions'][number] | undefined {
  try {
    if (isDeep(tool) || JSON.stringify(tool).length > LONGEST_TOOL) return undefined;
    if (!hasOnlySeenCharacters(tool)) return undefined;
    const pin = createHash('sha256').update(canonicalJson(tool)).digest('base64url');
    return { name: tool.name, text: shownInFull(tool), pin };
  } catch {
    return undefined;
  }
}

/** Level by level, for recursion is what too many levels would break. */
function isDeep(tool: ListedTool): boolean {
  let level: unknown[] = [tool];
  for (let depth = 0; depth <= MOST_LEVELS; depth++) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

/** Every text of the tool, names of members included; JSON escapes what it would not show. */
function hasOnlySeenCharacters(tool: ListedTool): boolean {
  const texts: string[] = [];
  JSON.stringify(tool, (key, value: unknown) => {
    texts.push(key);
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.every((text) => {
    const lines = text.replaceAll('\r\n', '\n');
    return withoutUnseen(lines) === lines;
  });
}

function canonicalJson(value: unknown, indent = ''): string {
  return JSON.stringify(sorted(value), null, indent);
}

/** Without a prototype, or a member called `__proto__` would be lost, and not be hashed. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, member] of Object.entries(value).sort(byKey)) copy[key] = sorted(member);
  return copy;
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** Line ends as they are and blanks counted, so that nothing is pushed out of sight. */
const shownInFull = (tool: ListedTool): string =>
  canonicalJson(tool, '  ').replaceAll(
    /(?<=\S)(?:[^\S\n]|\u2800|\\[nrt]){12,}/g,
    (blanks) => ` (${blanks.length} blanks) `,
  );
