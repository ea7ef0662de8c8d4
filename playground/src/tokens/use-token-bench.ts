import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { TokenReport } from '../../../grader/tokens/tokens.ts';
import type { TokenRequest } from '../../lab-api.ts';
import { targetNames } from '../console/targets.ts';
import { useLab } from '../lab/lab-context.ts';
import { useStudy, type StudyRun } from '../lab/use-study.ts';
import type { Preset } from './presets.ts';
import { readRecipe, untouched, type BenchChoice, type Problems } from './recipe.ts';

const TOPIC = '05-access-tokens';
/** Long enough to type on. */
const SETTLE_MS = 400;

export interface TokenBench {
  choice: BenchChoice;
  problems: Problems;
  run: StudyRun<TokenRequest, TokenReport>;
  change: (choice: Partial<BenchChoice>) => void;
  begin: (preset: Preset) => void;
  /** Gets a token for the chosen user and changes nothing. */
  getRealToken: () => void;
  fire: () => void;
}

/** What is chosen on the bench, and the tokens made of it: anew after every change. */
export function useTokenBench(): TokenBench {
  const { stubChange } = useLab();
  const [choice, setChoice] = useState<BenchChoice>({
    user: 'alice',
    recipe: untouched,
    tool: 'get_weather',
  });
  const { run, study, studyYoursAgain } = useStudy<TokenRequest, TokenReport>('/lab/tokens');
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  const read = readRecipe(choice.recipe);

  useEffect(() => () => clearTimeout(soon.current), []);
  const onStubChange = useEffectEvent((slug: string) => {
    if (slug === TOPIC) studyYoursAgain();
  });
  useEffect(() => {
    if (stubChange) onStubChange(stubChange.slug);
  }, [stubChange]);

  function ask({ user, recipe, tool }: BenchChoice, present: boolean): void {
    clearTimeout(soon.current);
    const asked = readRecipe(recipe);
    if ('problems' in asked) return;
    study({ user, changes: asked.changes, tool, present, targets: [...targetNames] });
  }

  function choose(next: BenchChoice, afterMs: number): void {
    setChoice(next);
    clearTimeout(soon.current);
    // Nothing is made before the learner has asked for a first token.
    if (run.state !== 'idle') soon.current = setTimeout(() => ask(next, false), afterMs);
  }

  return {
    choice,
    problems: 'problems' in read ? read.problems : {},
    run,
    change: (changed) => choose({ ...choice, ...changed }, SETTLE_MS),
    begin: ({ recipe }) => choose({ ...choice, recipe }, 0),
    getRealToken() {
      const next = { ...choice, recipe: untouched };
      setChoice(next);
      ask(next, false);
    },
    fire: () => ask(choice, true),
  };
}
