/** The page that audits a whole server, in a real browser, against a copy of the workbook. */
import { expect, test } from 'vitest';
import { AXE, workbookPage } from './workbook-page.ts';

const at = workbookPage();

test('an audit of the insecure server fills in a checklist, and can be stopped', async () => {
  await at.open('audit');
  await at.page.getByRole('radio', { name: /Baseline/ }).check();
  await at.page.getByRole('button', { name: 'Run the audit' }).click();
  const discovery = at.page.getByRole('region', { name: 'OAuth discovery' });
  await discovery.getByText('open', { exact: true }).first().waitFor();
  await at.page.getByRole('button', { name: 'Stop the audit' }).click();
  await at.page
    .getByRole('status')
    .getByText(/^Stopped after \d+ of \d+ items/)
    .waitFor();
  expect(await discovery.getByRole('link').count()).toBeGreaterThan(1);

  for (const colorScheme of ['light', 'dark'] as const) {
    await at.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await at.page.addScriptTag({ path: AXE });
    const violations = await at.page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { violations } = await (window as unknown as { axe: Axe }).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(violations).toEqual([]);
  }
  await at.page.setViewportSize({ width: 320, height: 700 });
  const overflow = await at.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});
