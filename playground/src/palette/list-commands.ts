/** Everything that the palette finds, from the same lists that the pages are made of. */
import type { TopicSummary } from '../../lab-api.ts';
import type { ActionId, PageAction } from '../actions/page-actions.ts';
import { textOfAttack } from '../attack-list/find-attacks.ts';
import type { Area } from '../layout/areas.ts';
import type { Outline } from '../../lessons/outline.ts';
import { attackHref, ordinaryUseHref, topicHref } from '../place.ts';
import type { Command } from './command.ts';

export interface CommandSources {
  areas: readonly Area[];
  topics: readonly TopicSummary[];
  outlineOf: (slug: string) => Outline | undefined;
  /** Those that can be performed now. */
  actions: readonly (PageAction & { id: ActionId })[];
}

export function listCommands({ areas, topics, outlineOf, actions }: CommandSources): Command[] {
  return [
    ...areas.flatMap(pagesOf),
    ...topics.map(topicCommand),
    ...actions.map(actionCommand),
    ...topics.flatMap((topic) => sectionsOf(topic, outlineOf(topic.slug))),
    ...topics.flatMap(attacksOf),
    ...topics.flatMap(usesOf),
  ];
}

const pagesOf = ({ title: area, links }: Area): Command[] =>
  links.map(({ href, title, study }) => ({
    id: `page ${href}`,
    kind: 'page',
    title,
    detail: area,
    text: joined(area, title, study?.about),
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

const sectionsOf = (topic: TopicSummary, outline: Outline | undefined): Command[] =>
  (outline?.sections ?? []).map(({ id, title }) => ({
    id: `section ${topic.slug}/${id}`,
    kind: 'section',
    title,
    detail: nameOf(topic),
    text: joined(title, nameOf(topic)),
    does: { href: topicHref(topic.slug, id) },
  }));

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
