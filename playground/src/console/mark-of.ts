import type { Verdict } from '../../../lab/protocol.ts';
import type { TopicProgress } from '../../lab-api.ts';
import type { ConsoleItem } from './console-item.ts';

/**
 * What is known of an attack or an ordinary use at the learner's server; nothing, while the files do
 * not load. Ordinary use is known by the latest grade, and not after the stubs came back as shipped.
 */
export function markOf(
  { kind, id }: Pick<ConsoleItem, 'kind' | 'id'>,
  { verdicts, grade, files, problem }: TopicProgress = {},
): Verdict | 'works' | undefined {
  if (problem !== undefined) return undefined;
  if (kind === 'attack') return verdicts?.[id];
  return files !== 'as-shipped' && grade?.works?.includes(id) === true ? 'works' : undefined;
}
