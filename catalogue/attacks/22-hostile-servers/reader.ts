/**
 * Who reads what a client shows of a start entry: somebody who knows what an honest entry looks like,
 * and agrees to whatever they cannot tell from it. Deterministic, so that a verdict is.
 */
import type { StartEntry } from '../../../exercises/weather-server/controls.ts';
import type { StartQuestion } from '../../../lab/protocol.ts';

/** Between the two, a terminal shows blanks. Other sequences leave no trace. */
// oxlint-disable-next-line no-control-regex
const CONCEALED = /\u001b\[8m.*?(?:\u001b\[(?:0|28)?m|$)|\u001b\[[0-?]*[ -/]*[@-~]/gs;

/** Turned around, letter by letter, up to where it is said to end. */
const TURNED = /\u202e([^\u202c\n]*)\u202c?/g;

const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}/gu;

/** Blanks of any kind; nobody sees which. */
const BLANKS = /[\p{Zs}\t\u2800]+/gu;

/** A gap after which people take a text to be over. */
const END_OF_TEXT = /[\s\u2800]{200,}/u;

/** What a screen shows of a text, as far as somebody reads. */
function seen(text: string): { text: string; isWhole: boolean } {
  const shown = text
    .replaceAll(CONCEALED, '')
    .replaceAll(TURNED, (_, run: string) => Array.from(run).toReversed().join(''))
    .replaceAll(UNSEEN, '');
  const [beginning = ''] = shown.split(END_OF_TEXT, 1);
  return {
    text: beginning
      .replaceAll(BLANKS, ' ')
      .replaceAll(/ ?\n+ ?/g, '\n')
      .trim(),
    isWhole: beginning.length === shown.length,
  };
}

/** Long words that stand for an entry and are no part of it: nobody compares those. */
function withoutDigests(text: string, { approval }: Shown, entry: StartEntry): string {
  const own = JSON.stringify(entry);
  return text
    .replaceAll(isDigest(approval) ? approval : /(?!)/g, '')
    .replaceAll(/[\w+/=-]{16,}/g, (word) => (own.includes(word) ? word : ''));
}

/** What is kept may also be the entry itself, which people can read. */
const isDigest = (approval: string): boolean => /^[\w+/=:.-]{1,128}$/.test(approval);

type Shown = Extract<StartQuestion, { started: false }>;

/** Whether a reader would take the one for the other. */
export function looksLike(
  shown: { entry: StartEntry; question: Shown },
  honest: { entry: StartEntry; question: Shown },
): boolean {
  const [one, other] = [shown, honest].map(({ entry, question }) =>
    seen(withoutDigests(question.text, question, entry)),
  );
  if (!one || !other) return false;
  return one.isWhole ? one.text === other.text : other.text.startsWith(one.text);
}
