import type { Exchange } from '../../../lab/protocol.ts';
import { describeStatus } from '../console/describe-answer.ts';
import { diffText, type TextDiff } from './diff-text.ts';
import { steadyText } from './steady-text.ts';

/** `undefined`: it is not there. */
export interface ValueDifference {
  name: string;
  left: string | undefined;
  right: string | undefined;
}

export interface ExchangeDifference {
  label: string;
  /** Status first, then headers. */
  values: ValueDifference[];
  body: 'equal' | 'too different' | TextDiff;
}

/** They differ from one answer to the next, or say about the body what the body says as well. */
const ignored =
  /^(date|connection|keep-alive|content-length|transfer-encoding|etag|age)$|request-id/;
const MOST_COMPARED_CHARACTERS = 20_000;
const MOST_HEADERS = 100;

/**
 * What differs between two answers to the same request; `undefined`: nothing.
 *
 * @param whereInBody whether it matters where bodies differ, which takes a while to find out
 */
export function compareExchanges(
  left: Exchange,
  right: Exchange,
  whereInBody: boolean,
): ExchangeDifference | undefined {
  const one = readAnswer(left);
  const other = readAnswer(right);
  const names = [...new Set([...one.values.keys(), ...other.values.keys()])];
  const values = names.flatMap((name) => {
    const [before, after] = [one.values.get(name), other.values.get(name)];
    return before === after ? [] : [{ name, left: before, right: after }];
  });
  const body =
    one.body === other.body
      ? 'equal'
      : ((whereInBody ? diffText(one.body, other.body) : undefined) ?? 'too different');
  return values.length === 0 && body === 'equal' ? undefined : { label: left.label, values, body };
}

/** Status, headers and body without what every run has of its own. */
export function readAnswer({ requestId, response }: Exchange) {
  const [nonce] = requestId.split('-');
  const headers = Object.entries(response.headers).slice(0, MOST_HEADERS);
  const values = new Map([['Status', describeStatus(response)]]);
  for (const [name, value] of headers) {
    if (!ignored.test(name)) values.set(name, steadyText(value, nonce));
  }
  const body = steadyText(response.body.slice(0, MOST_COMPARED_CHARACTERS), nonce);
  return { values, body: inLines(body) };
}

/** JSON, alone or as the data of events, with a line for each member. */
function inLines(body: string): string {
  const whole = prettyJson(body);
  if (whole !== undefined) return whole;
  return body.replaceAll(/^data: (.*)$/gm, (line, data: string) => prettyJson(data) ?? line);
}

/** With a line for each member; undefined for what is no JSON object or list. */
export function prettyJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text) || deepestOf(text) > DEEPEST) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

/** Every level indents all lines inside it: a few kilobytes of brackets would become gigabytes. */
const DEEPEST = 100;

/** Brackets inside strings count as well, which is no harm. */
function deepestOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}
