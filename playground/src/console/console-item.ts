import type { AttackSummary, TopicSummary, UseSummary } from '../../lab-api.ts';

/** What the console can fire: an attack, or an ordinary use that must keep working. */
export type ConsoleItem = ({ kind: 'attack' } & AttackSummary) | ({ kind: 'use' } & UseSummary);

/** Core attacks first, then stretch attacks, then ordinary uses. */
export function itemsOf(topic: TopicSummary): ConsoleItem[] {
  const attacks = topic.attacks.map((attack) => ({ kind: 'attack' as const, ...attack }));
  return [
    ...attacks.filter(({ level }) => level === 'core'),
    ...attacks.filter(({ level }) => level === 'stretch'),
    ...topic.uses.map((ordinaryUse) => ({ kind: 'use' as const, ...ordinaryUse })),
  ];
}

export function findItem(items: ConsoleItem[], id: string | undefined): ConsoleItem | undefined {
  return items.find((item) => item.id === id);
}
