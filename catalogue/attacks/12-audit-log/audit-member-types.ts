/** An attack through the types of what is logged: an index drops the line that does not fit. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import type { LabSession, LabReply } from '../../../lab/protocol.ts';
import { excerpt, logging, mintFor } from './audit-judges.ts';
import { awaitLines, linesAbout, readLog, type AuditLine } from './audit-lines.ts';
import { cwe, link } from '../references.ts';
import { PARIS } from '../replies.ts';

interface Call {
  tool: string;
  arguments: unknown;
}

/**
 * Member, or `[]` for whatever stands in an array -> the types of its values, each with a line that
 * has it. A member may be missing or null.
 */
function typesIn(lines: AuditLine[]): Map<string, Map<string, string>> {
  const types = new Map<string, Map<string, string>>();
  for (const { text } of lines) {
    const open: { path: string; value: unknown }[] = [{ path: '', value: JSON.parse(text) }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { path, value } = next;
      if (value === null) continue;
      const type = Array.isArray(value) ? 'array' : typeof value;
      types.set(path, (types.get(path) ?? new Map<string, string>()).set(type, text));
      if (typeof value !== 'object') continue;
      for (const [name, inner] of Object.entries(value)) {
        const step = type === 'array' ? '[]' : name;
        open.push({ path: path === '' ? step : `${path}.${step}`, value: inner });
      }
    }
  }
  return types;
}

async function mixTypes({ calls }: { calls: Call[] }, lab: LabSession) {
  const token = await mintFor(lab);
  const before = (await readLog(lab)).length;
  const replies: LabReply[] = [];
  for (const { tool, arguments: args } of [{ tool: 'get_weather', arguments: PARIS }, ...calls]) {
    replies.push(await lab.call(tool, args, { token }));
  }
  const lines = await awaitLines(lab, before, (soFar) =>
    replies.every(({ requestId }) => linesAbout(requestId, soFar).length > 0),
  );
  const freeText = lines.find(({ isObject }) => !isObject);
  if (freeText) {
    const breach = `A line is free text, so that no index has a column for anything in it: ${excerpt(freeText.text)}`;
    return { breaches: [breach], complaints: [] };
  }
  const breaches = [...typesIn(lines)]
    .filter(([, types]) => types.size > 1)
    .map(([path, types]) => {
      const [one, other] = [...types.keys()].sort();
      return `The member ${path} is of the type ${one} in one line and ${other} in another, as the caller likes. ${excerpt(types.get(other!)!)}`;
    });
  return { breaches: breaches.slice(0, 3), complaints: [] };
}

const ask = (args: unknown, tool = 'get_weather'): Call => ({ tool, arguments: args });

export const typeAttacks: Attack[] = [
  defineAttack<{ calls: Call[] }>({
    id: 'audit-member-types',
    title: 'Lines that an index drops',
    level: 'core',
    story:
      'Logs are searched in an index, which gives each member a column of one type, taken from the first line that has it. A line that does not fit is dropped, often without a word. So the attacker sends a city that is an object, or one that the log describes instead of showing it, and nobody who searches finds the call.',
    secureAnswer:
      'Each member of a line has one type in all lines, whatever the arguments are: shown as text or not at all, with a list of what is not shown.',
    lessonAnchor: 'one-type-for-each-member',
    controls: ['createAuditLog'],
    references: [
      logging,
      cwe(778, 'Insufficient Logging'),
      link(
        'Elasticsearch, dynamic mapping',
        'https://www.elastic.co/docs/manage-data/data-store/mapping/dynamic-mapping',
      ),
    ],
    // The line about an ordinary call comes before them.
    payload: z.strictObject({
      calls: z
        .array(z.strictObject({ tool: z.string().max(200), arguments: z.unknown() }))
        .min(1)
        .max(10),
    }),
    variants: {
      'a city that is an object': { calls: [ask({ city: { name: 'Paris' }, units: 'metric' })] },
      'a city that is a list': { calls: [ask({ city: ['Paris'], units: ['metric'] })] },
      'a city that is no name': { calls: [ask({ city: '<Paris>', units: 'kelvin' })] },
      'a city that may be a key': {
        calls: [ask({ city: 'sk-live-4f1b9c0d2e7a8b6c5d3e1f0a', units: 'metric' })],
      },
      'numbers and truth values': {
        calls: [ask({ city: 42, units: true }), ask({ city: false, units: 1.5 })],
      },
      'days as a number and as a text': {
        calls: [7, '7', [7], { days: 7 }, true].map((days) =>
          ask({ city: 'Paris', days, units: 'metric' }, 'get_forecast'),
        ),
      },
      'an id as a number and as a text': {
        calls: [987_654, '987654', 'all'].map((id) => ask({ id }, 'delete_alert')),
      },
      'arguments of every type': {
        calls: [['Paris'], 'Paris', 7, true, null].map((args) => ask(args)),
      },
      'members that nobody knows': {
        calls: [ask({ ...PARIS, note: 'x' }), ask({ ...PARIS, note: { x: 1 } })],
      },
      'a tool that nobody knows': {
        calls: [ask(PARIS, 'get_secrets'), ask(PARIS, '<tool>'), ask(PARIS, 'x'.repeat(150))],
      },
    },
    fire: mixTypes,
  }),
];
