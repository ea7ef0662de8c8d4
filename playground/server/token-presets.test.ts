/** Every preset of the token study is what its name says, at the servers that it is for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab } from '../../lab/lab.ts';
import { loadWholeCatalogue } from '../../catalogue/load-catalogue.ts';
import { runTokenStudy } from '../../studies/tokens/run-token-study.ts';
import { presetGroups } from '../src/tokens/presets.ts';
import { readRecipe } from '../src/tokens/recipe.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

const presets = presetGroups.flatMap((group) => group.presets);

test.each(presets)('$name', async ({ recipe, attack }) => {
  const read = readRecipe(recipe);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const order = {
    user: 'alice',
    tool: 'get_weather',
    present: true,
    changes: read.changes,
  } as const;
  const fire = (kind: 'baseline' | 'reference') =>
    lab.study({ kind }, (session) => runTokenStudy(session, order));

  const right = await fire('reference');
  expect(right.defects).not.toEqual([]);
  expect(right.presented?.ran).toBeUndefined();
  const weak = await fire('baseline');
  expect(weak.presented?.ran?.tool).toBe('get_weather');

  const { attacks } = await loadWholeCatalogue();
  if (attack !== undefined) expect(attacks.get(attack)?.topic.slug).toBe('05-access-tokens');
});
