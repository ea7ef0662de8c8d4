/** What the server tells models about its tools, before any is called. */
import { cwe, link } from '../../catalogue/attacks/references.ts';
import { cannotTell, fail, mcp, notApplicable, pass, quote } from '../requirement.ts';
import type { Group, Judgement } from '../requirement.ts';
import type { Seen } from '../seen.ts';
import { digestsOf, textsOf, toolsIn, unlimitedStrings, type Tool } from '../tool-surface.ts';

const judgeTools =
  (judge: (tools: Tool[], seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const tools = toolsIn(seen);
    if (!tools) return cannotTell('No list of tools was seen.');
    return tools.length === 0 ? notApplicable('The server lists no tools.') : judge(tools, seen);
  };

/**
 * What has no place in a text for models: controls, letters of no width, tags, and what turns the
 * direction. Joiners and selectors stay, which emoji and some scripts are written with.
 */
const HIDDEN =
  /(?![\n\r\t])\p{Cc}|[\u00ad\u115f\u1160\u200b\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/u;
/** Flags of parts of countries are a black flag and tags. */
const FLAGS = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}/gu;

/** In the words of known attacks; each tells a model what to do beside the tool, or behind its user. */
const INSTRUCTIONS = [
  /\b(?:ignore|disregard|forget)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier)\b[^.\n]{0,20}\b(?:instruction|prompt|rule|message)s?\b/i,
  /\b(?:do not|don['’]t|never|without)\b[^.\n]{0,20}\b(?:tell|telling|inform|informing|mention|mentioning|notify|notifying|reveal|alert)\b[^.\n]{0,25}\buser\b/i,
  /<\/?(?:important|system|instructions?|secret|hidden)>/i,
  /~\/\.(?:ssh|aws|cursor|claude|config)\b|\bid_rsa\b/i,
];

const findIn = (tools: Tool[], pattern: RegExp): { name: string; found: string } | undefined => {
  for (const tool of tools) {
    for (const text of textsOf(tool)) {
      const [found] = pattern.exec(text.replaceAll(FLAGS, '')) ?? [];
      if (found !== undefined) return { name: tool.name, found };
    }
  }
  return undefined;
};

const isVisible = judgeTools((tools) => {
  const hidden = findIn(tools, HIDDEN);
  return hidden
    ? fail(`${quote(hidden.name)} has a character that nobody sees: ${quote(hidden.found)}.`)
    : pass(`All texts of ${tools.length} tools can be seen.`);
});

const instructsNothing = judgeTools((tools) => {
  const instruction = INSTRUCTIONS.map((one) => findIn(tools, one)).find((one) => one);
  return instruction
    ? fail(`${quote(instruction.name)} tells the model: ${quote(instruction.found)}.`)
    : pass(
        `No text of ${tools.length} tools was seen to instruct a model. Others may be put in other words.`,
      );
});

const limitsStrings = judgeTools((tools) => {
  const open = tools.flatMap((tool) => unlimitedStrings(tool).map((at) => `${tool.name}.${at}`));
  return open.length > 0
    ? fail(`${open.length} strings have no limit; one is ${quote(open[0])}.`)
    : pass('Every string in the schemas has a limit.');
});

/** Verbs, as a part of a name in any of its spellings. */
const DANGEROUS =
  /(?:^|[^a-z])(?:delete|remove|drop|destroy|erase|purge|wipe|overwrite|execute|exec|kill|shutdown|terminate|transfer|pay)(?![a-z])/i;

const wordsOf = (name: string): string => name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2');

const annotatesDanger = judgeTools((tools) => {
  const dangerous = tools.filter(({ name }) => DANGEROUS.test(wordsOf(name)));
  const hintsOf = ({ annotations }: Tool) => (annotations ?? {}) as Record<string, unknown>;
  const lying = dangerous.find((tool) => hintsOf(tool).readOnlyHint === true);
  if (dangerous.length === 0) return notApplicable('No tool is called after something dangerous.');
  if (lying) return fail(`${quote(lying.name)} says that it only reads.`);
  const silent = dangerous.find((tool) => typeof hintsOf(tool).destructiveHint !== 'boolean');
  return silent
    ? fail(`${quote(silent.name)} does not say whether it destroys anything.`)
    : pass(`${dangerous.length} tools that sound dangerous say whether they are.`);
});

const isUnchanged = judgeTools((tools, { pinnedTools: pinned }) => {
  if (!pinned) return notApplicable('There is no baseline with digests of tools to compare with.');
  const now = digestsOf(tools);
  const names = [...new Set([...Object.keys(pinned), ...Object.keys(now)])];
  const changed = names.filter((name) => pinned[name] !== now[name]);
  const how = (name: string): string => {
    if (!(name in now)) return 'is gone';
    return name in pinned ? 'is another' : 'is new';
  };
  return changed.length === 0
    ? pass(`All ${names.length} tools are as they were.`)
    : fail(
        changed
          .slice(0, 5)
          .map((name) => `${quote(name)} ${how(name)}.`)
          .join(' '),
      );
});

export const tools: Group = {
  title: 'Tools',
  requirements: [
    {
      id: 'tools-visible',
      title: 'Names, descriptions and schemas have no hidden characters',
      level: 'checklist',
      reference: cwe(451, 'User Interface Misrepresentation of Critical Information'),
      fix: 'Take the characters out; if nobody put them there, find out who did.',
      lesson: '09-injection#what-nobody-sees',
      judge: isVisible,
    },
    {
      id: 'tools-instruct-nothing',
      title: 'Descriptions describe, and give a model no orders',
      level: 'checklist',
      reference: link(
        'OWASP MCP Top 10, MCP03 Tool Poisoning',
        'https://owasp.org/www-project-mcp-top-10/',
      ),
      fix: 'Say what the tool does. What a model should do is for its user and its host to say.',
      lesson: '09-injection#other-peoples-tools',
      judge: instructsNothing,
    },
    {
      id: 'tools-unchanged',
      title: 'Tools are what they were when they were accepted',
      level: 'checklist',
      reference: cwe(494, 'Download of Code Without Integrity Check'),
      fix: 'Look at what changed; if it is right, write a new baseline with --write-baseline.',
      lesson: '09-injection#pin-what-was-approved',
      judge: isUnchanged,
    },
    {
      id: 'tools-limit-strings',
      title: 'Strings in the schemas of tools have a limit',
      level: 'checklist',
      reference: cwe(770, 'Allocation of Resources Without Limits or Throttling'),
      fix: 'Give every string a maxLength, an enum or a pattern; with zod, .max(100).',
      lesson: '08-city-input#length-and-type',
      judge: limitsStrings,
    },
    {
      id: 'dangerous-tools-annotated',
      title: 'Tools that sound dangerous say whether they are',
      level: 'checklist',
      reference: mcp('server/tools#tool', 'Tools, Annotations'),
      fix: 'Set annotations.destructiveHint, and readOnlyHint only where nothing changes.',
      lesson: '09-injection#other-peoples-tools',
      judge: annotatesDanger,
    },
  ],
};
