/** The table of fixes: each row is of an item, and was tried on the real package. */
import { expect, test } from 'vitest';
import { requirements } from '../../audit/checklist.ts';
import { FIXES, FRAMEWORKS } from '../../audit/fixes.ts';
import { authorization } from './tables/authorization.ts';
import { frameworks } from './tables/frameworks.ts';
import { mended } from './tables/mended.ts';
import { programs } from './tables/programs.ts';
import { sdks } from './tables/sdks.ts';

const asTheyCome = [...programs, ...sdks, ...frameworks, ...authorization];

test.each(FRAMEWORKS)('the rows of %s were tried on the real package', (framework) => {
  const known = requirements.map(({ id }) => id);
  const tried = [...mended, ...authorization].filter(({ mends }) => mends?.includes(framework));
  expect(tried).not.toEqual([]);
  for (const id of Object.keys(FIXES[framework])) {
    expect(known).toContain(id);
    expect(
      asTheyCome.some(({ fails = [] }) => fails.includes(id)),
      `${id} fails somewhere`,
    ).toBe(true);
    for (const { fails = [], untold = [] } of tried)
      expect([...fails, ...untold]).not.toContain(id);
  }
});
