import { useEffect, useEffectEvent } from 'react';
import { useLab } from './lab-context.ts';

/** Does something whenever files of a topic were saved and the learner's server has them. */
export function useOnStubChange(act: (slug: string) => void): void {
  const { stubChange } = useLab();
  const onChange = useEffectEvent(act);
  useEffect(() => {
    if (stubChange) onChange(stubChange.slug);
  }, [stubChange]);
}
