import type { Repeat, TargetName } from '../../lab-api.ts';
import type { Shot } from '../lab-client/shot.ts';
import type { ConsoleItem } from './console-item.ts';

interface Aim {
  variant: string;
  /** The learner's own; the variant's without it. */
  payload: string | undefined;
  targets: readonly TargetName[];
  repeat: Repeat | undefined;
}

export function makeShot(slug: string, item: ConsoleItem, aim: Aim): Shot {
  const { variant, payload, repeat } = aim;
  const targets = [...aim.targets];
  if (item.kind === 'use') {
    const inTurn = repeat?.how === 'in-turn' ? { repeat } : {};
    return { kind: 'use', slug, request: { useId: item.id, targets, ...inTurn } };
  }
  return {
    kind: 'attack',
    slug,
    request: {
      attackId: item.id,
      variant,
      ...(payload === undefined ? {} : { payload }),
      targets,
      ...(repeat ? { repeat } : {}),
    },
  };
}

export function shotId(shot: Shot): string {
  return shot.kind === 'attack' ? shot.request.attackId : shot.request.useId;
}

/** What was fired of an attack, and how often, such as `expired, 5 in turn`. */
export function describeShot({ kind, request }: Shot): string {
  const { repeat } = request;
  return [
    ...(kind === 'use'
      ? []
      : [request.payload === undefined ? `“${request.variant}”` : 'your own payload']),
    ...(repeat ? [`${repeat.times} ${repeat.how === 'in-turn' ? 'in turn' : 'at once'}`] : []),
  ].join(', ');
}
