/**
 * What a browser makes of a report, and of `npm run grade:ui`.
 *
 * @module-tag long
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileResult } from '../../grader/grading/hostile-result.ts';
import { writeReport } from '../../grader/report/write-report.ts';
import { layShippedStubs } from '../../catalogue/shipped-stubs.ts';
import { copyWorkbook, type WorkbookCopy } from '../../shared/copy-workbook.ts';
import { printedAddress } from './start-workbook.ts';
import {
  connectBrowser,
  expectNoAxeViolations,
  expectNoSidewaysScrolling,
} from './workbook-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());

test.each(['light', 'dark'] as const)(
  'a report is accessible, asks for nothing and runs nothing, in the %s theme',
  async (colorScheme) => {
    // The page forbids scripts; axe is one.
    const page = await browser.newPage({ colorScheme, bypassCSP: true });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    let hasSpoken = false;
    page.on('dialog', (dialog) => {
      hasSpoken = true;
      void dialog.dismiss();
    });
    await page.setContent(writeReport(hostileResult(), { name: 'Ada', record: 'a'.repeat(900) }));
    expect(await page.locator('details[open]').count()).toBe(2);
    await expectNoAxeViolations(page);
    await expectNoSidewaysScrolling(page);
    expect(asked).toEqual([]);
    expect(hasSpoken).toBe(false);
    await page.close();
  },
);

describe('npm run grade:ui', () => {
  const topic = '01-oauth-discovery';
  let copy: WorkbookCopy;
  let ui: ChildProcess;
  let address: string;
  beforeAll(async () => {
    copy = copyWorkbook('ui');
    layShippedStubs(copy.folder);
    ui = spawn(process.execPath, ['scripts/run.mjs', 'commands/grade-ui.ts', '01'], {
      cwd: copy.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    address = await printedAddress(ui);
  });
  afterAll(async () => {
    const gone = once(ui, 'exit');
    ui.kill('SIGTERM');
    await gone;
    copy.remove();
  });

  test('shows why a check fails, and that it passes once the stub is saved', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(`${address}__vitest__/`);
    await page.getByText(`${topic}.test.ts`).first().click();
    await page.getByText('discovery-broken').first().click();
    await page.getByText('CheckFailure: A client that follows the standards').waitFor();
    for (const file of ['metadata.ts', 'bearer-challenge.ts']) {
      cpSync(
        path.join(copy.folder, 'solutions', topic, file),
        path.join(copy.folder, 'exercises', topic, file),
      );
    }
    await page.getByText('The test has passed without any errors').waitFor();
    await page.close();
  });

  test('answers no other host, and nobody without the token of its page', async () => {
    expect(await statusFor({ host: 'evil.example' })).toBe(403);
    expect(await statusFor({})).toBe(200);
    const socket = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    };
    expect(await statusFor(socket, '/__vitest_api__?token=guess')).toBe('hung up');
  });

  function statusFor(
    headers: Record<string, string>,
    place = '/__vitest__/',
  ): Promise<number | string> {
    return new Promise((resolve) => {
      const asking = request(new URL(place, address), { headers });
      asking.on('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asking.on('upgrade', (_response, socket) => {
        socket.destroy();
        resolve('upgraded');
      });
      asking.on('error', () => resolve('hung up'));
      asking.end();
    });
  }
});
