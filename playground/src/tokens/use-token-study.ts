import { useState } from 'react';
import type { TokenReport } from '../../../studies/tokens/shared.ts';
import type { TokenRequest } from '../../lab-api.ts';
import { targetNames } from '../console/targets.ts';
import { SETTLE_MS, useStudy, type StudyRun } from '../lab-client/use-study.ts';
import type { Preset } from './presets.ts';
import { readRecipe, untouched, type StudyChoice, type Problems } from './recipe.ts';

export interface TokenStudy {
  choice: StudyChoice;
  problems: Problems;
  run: StudyRun<TokenRequest, TokenReport>;
  change: (choice: Partial<StudyChoice>) => void;
  begin: (preset: Preset) => void;
  /** Gets a token for the chosen user and changes nothing. */
  getRealToken: () => void;
  fire: () => void;
}

/** What is chosen on the study, and the tokens made of it: anew after every change. */
export function useTokenStudy(): TokenStudy {
  const [choice, setChoice] = useState<StudyChoice>({
    user: 'alice',
    recipe: untouched,
    tool: 'get_weather',
  });
  const { run, study } = useStudy('/lab/tokens', (slug) => slug === '05-access-tokens');
  const read = readRecipe(choice.recipe);

  function ask({ user, recipe, tool }: StudyChoice, present: boolean, afterMs?: number): void {
    const asked = readRecipe(recipe);
    if ('problems' in asked) return;
    study({ user, changes: asked.changes, tool, present, targets: [...targetNames] }, afterMs);
  }

  function choose(next: StudyChoice, afterMs: number): void {
    setChoice(next);
    // Nothing is made before the learner has asked for a first token.
    if (run.state !== 'idle') ask(next, false, afterMs);
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
