/** The tools that a server shows, as models read them: their texts, their schemas, their digests. */
import { createHash } from 'node:crypto';
import { isObject, resultIn } from './json-rpc.ts';
import { replyTo } from './read-seen.ts';
import { ERAS, type Seen } from './seen.ts';

export type Tool = Record<string, unknown> & { name: string };

/** Of all revisions; what is the same in two of them comes once. Undefined if no list was seen. */
export function toolsIn({ answers }: Pick<Seen, 'answers'>): Tool[] | undefined {
  const lists = ERAS.flatMap((era) => {
    const reply = replyTo(answers, `${era} tools`);
    const tools = reply && resultIn(reply)?.tools;
    return Array.isArray(tools) ? [tools.filter(isTool)] : [];
  });
  if (lists.length === 0) return undefined;
  return [...new Map(lists.flat().map((tool) => [digestOf(tool), tool])).values()];
}

const isTool = (value: unknown): value is Tool => isObject(value) && typeof value.name === 'string';

/** SHA-256 of the tool as JSON, whatever the order of its members. */
export const digestOf = (tool: Tool): string =>
  createHash('sha256').update(canonical(tool, 0)).digest('hex');

/** Deeper than any schema that people write; what lies below counts as the same. */
const DEEPEST = 64;

function canonical(value: unknown, depth: number): string {
  if (depth > DEEPEST) return '…';
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one, depth + 1)).join()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth + 1)}`);
  return `{${members.join()}}`;
}

/** By name. A name that has two forms, one for each revision, has both digests. */
export function digestsOf(tools: readonly Tool[]): Record<string, string> {
  const digests = new Map<string, string[]>();
  for (const tool of tools) {
    digests.set(tool.name, [...(digests.get(tool.name) ?? []), digestOf(tool)]);
  }
  return Object.fromEntries([...digests].map(([name, all]) => [name, all.sort().join('+')]));
}

/** Every text of a tool, names of parameters included, since a model reads them all. */
export function textsOf(value: unknown, depth = 0): string[] {
  if (depth > DEEPEST) return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(one, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...textsOf(one, depth + 1)]);
}

/** Places in the input schema where a string may be as long as it likes. */
export function unlimitedStrings({ inputSchema }: Tool): string[] {
  return isObject(inputSchema) ? unlimitedIn(inputSchema, '', 0) : [];
}

const LIMITS = ['maxLength', 'enum', 'const', 'pattern'];
/** Formats that bound the length by what they are. */
const SHORT_FORMATS = ['date', 'time', 'date-time', 'uuid', 'ipv4', 'ipv6', 'email'];

function unlimitedIn(schema: Record<string, unknown>, path: string, depth: number): string[] {
  if (depth > DEEPEST) return [];
  const own =
    [schema.type].flat().includes('string') &&
    !LIMITS.some((member) => member in schema) &&
    !SHORT_FORMATS.includes(String(schema.format));
  const below = Object.entries(isObject(schema.properties) ? schema.properties : {}).map(
    ([name, one]): [string, unknown] => [path === '' ? name : `${path}.${name}`, one],
  );
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((member) => [schema[member] ?? []].flat());
  const all = [...below, ...[schema.items, ...parts].map((one): [string, unknown] => [path, one])];
  return [
    ...(own ? [path] : []),
    ...all.flatMap(([at, one]) => (isObject(one) ? unlimitedIn(one, at, depth + 1) : [])),
  ];
}
