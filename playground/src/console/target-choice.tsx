import type { TargetName } from '../../lab-api.ts';
import { OneOf } from '../text/one-of.tsx';
import { notedTargetOptions, targetNames } from './targets.ts';

interface TargetChoiceProps {
  targets: readonly TargetName[];
  onTargets: (targets: readonly TargetName[]) => void;
}

const options = [
  { value: 'all', title: 'All three', note: 'side by side' } as const,
  ...notedTargetOptions,
];

/** One target, or all of them. */
export function TargetChoice({ targets, onTargets }: TargetChoiceProps) {
  const [only] = targets;
  return (
    <OneOf
      legend="Target"
      legendIs="unseen"
      joined
      options={options}
      value={targets.length === 1 && only ? only : 'all'}
      onValue={(value) => onTargets(value === 'all' ? targetNames : [value])}
    />
  );
}
