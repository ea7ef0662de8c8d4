/** Everything that the palette finds, from the same lists that the pages are made of. */
import type { TopicSummary } from '../../lab-api.ts';
import type { ActionId, PageAction } from '../actions/page-actions.ts';
import { textOfAttack } from '../attack-list/find-attacks.ts';
import type { Area } from '../layout/areas.ts';
import type { Outline } from '../../lessons/outline.ts';
import type { SectionText } from '../../lessons/section-texts.ts';
import { terms, type Term } from '../glossary/terms.ts';
import { attackHref, checksHref, ordinaryUseHref, topicHref } from '../place.ts';
import type { Command } from './command.ts';
import { terminalCommands, type TerminalCommand } from './terminal-commands.ts';

export interface CommandSources {
  areas: readonly Area[];
  topics: readonly TopicSummary[];
  outlineOf: (slug: string) => Outline | undefined;
  /** Those that can be performed now. */
  actions: readonly (PageAction & { id: ActionId })[];
  /** Topic slug -> what its lesson says; empty until it is there. */
  texts: Readonly<Record<string, readonly SectionText[]>>;
  /** Topic slug -> the hints that the learner has seen. No others: they would be given away. */
  hints: Readonly<Record<string, readonly string[]>>;
}

export function listCommands(sources: CommandSources): Command[] {
  const { areas, topics, outlineOf, actions, texts, hints } = sources;
  return [
    ...areas.flatMap(pagesOf),
    ...topics.map(topicCommand),
    ...actions.map(actionCommand),
    ...topics.flatMap((topic) => sectionsOf(topic, outlineOf(topic.slug), texts[topic.slug] ?? [])),
    ...topics.flatMap(attacksOf),
    ...topics.flatMap(usesOf),
    ...terms.map(termCommand),
    ...topics.flatMap((topic) => hintsOf(topic, hints[topic.slug] ?? [])),
    ...terminalCommands.map(terminalCommand),
  ];
}

const pagesOf = ({ title: area, links }: Area): Command[] =>
  links
    .flatMap(({ href, title, study, further = [] }) => [
      { href, title, about: study?.about },
      ...further,
    ])
    .map(({ href, title, about }) => ({
      id: `page ${href}`,
      kind: 'page',
      title,
      detail: area,
      text: joined(area, title, about),
      does: { href },
    }));

const topicCommand = (topic: TopicSummary): Command => ({
  id: `topic ${topic.slug}`,
  kind: 'topic',
  title: nameOf(topic),
  detail: 'Topic',
  text: joined(nameOf(topic), topic.slug, topic.summary, ...topic.stubs),
  does: { href: topicHref(topic.slug) },
});

const actionCommand = ({ id, title }: PageAction & { id: ActionId }): Command => ({
  id: `action ${id}`,
  kind: 'action',
  title,
  detail: 'Action',
  text: joined(title),
  does: { action: id },
});

const sectionsOf = (
  topic: TopicSummary,
  outline: Outline | undefined,
  texts: readonly SectionText[],
): Command[] =>
  (outline?.sections ?? []).map(({ id, title }) => {
    const body = texts.find((section) => section.id === id)?.text ?? '';
    return {
      id: `section ${topic.slug}/${id}`,
      kind: 'section',
      title,
      detail: nameOf(topic),
      text: joined(title, nameOf(topic), body),
      body,
      does: { href: topicHref(topic.slug, id) },
    };
  });

const termCommand = ({ id, name, also = [], says }: Term): Command => ({
  id: `term ${id}`,
  kind: 'term',
  title: name,
  detail: says,
  text: joined('glossary', name, ...also, says),
  does: { nothing: true },
});

const hintsOf = (topic: TopicSummary, hints: readonly string[]): Command[] =>
  hints.map((hint, i) => ({
    id: `hint ${topic.slug}/${i}`,
    kind: 'hint',
    title: `Hint ${i + 1}, ${nameOf(topic)}`,
    detail: hint,
    text: joined('hint', nameOf(topic), hint),
    does: { href: checksHref(topic.slug) },
  }));

const terminalCommand = ({ command, does }: TerminalCommand): Command => ({
  id: `terminal ${command}`,
  kind: 'terminal',
  title: `\`${command}\``,
  detail: `${does}. Enter copies it.`,
  text: joined('terminal', command, does),
  does: { copy: command },
});

const attacksOf = (topic: TopicSummary): Command[] =>
  topic.attacks.map((attack) => ({
    id: `attack ${attack.id}`,
    kind: 'attack',
    title: attack.title,
    detail: `Attack, ${topic.number}`,
    text: textOfAttack(topic, attack),
    does: { href: attackHref(attack.id) },
  }));

const usesOf = (topic: TopicSummary): Command[] =>
  topic.uses.map(({ id, title, why, references }) => ({
    id: `use ${id}`,
    kind: 'use',
    title,
    detail: `Ordinary use, ${topic.number}`,
    text: joined(nameOf(topic), id, title, why, ...references.map(({ label }) => label)),
    does: { href: ordinaryUseHref(id) },
  }));

const nameOf = ({ number, title }: TopicSummary): string => `${number} ${title}`;

const joined = (...parts: (string | undefined)[]): string =>
  parts.filter(Boolean).join('\n').toLowerCase();
