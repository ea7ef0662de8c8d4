/** What Lighthouse says of the built page, and how much of it must arrive before it can be used. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { anyFreePort } from '../../shared/free-port.ts';
import { CHROMIUM_ARGS, findChromium } from '../../shared/find-chromium.ts';
import { installApart } from '../../shared/install-apart.ts';
import { kilobytesLoaded } from '../../playground/browser-tests/loaded-javascript.ts';
import { startWorkbook } from '../../playground/browser-tests/start-workbook.ts';
import type { Measurement, Table } from './measurement.ts';
import { root } from './run-node.ts';

const PLACES = ['', 'topic/05-access-tokens', 'attack/tok-alg-none', 'burst', 'progress'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;

/** The part of Lighthouse that is used; it is not installed where types are checked. */
type Lighthouse = (
  url: string,
  flags: { port: number; onlyCategories: readonly string[]; logLevel: 'error' },
  config: unknown,
) => Promise<{ lhr: LighthouseResult } | undefined>;
interface LighthouseResult {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { score: number | null; title: string; scoreDisplayMode: string }>;
}

export const page: Measurement = {
  name: 'page',
  method:
    'Lighthouse 12.8.2 with its settings for a desktop, where the page is served and read on one machine, once for each place of the built page, in Chromium. Scores are of 100. First load is the JavaScript that the place asks for before anybody does anything, each file compressed by gzip.',
  run: measurePage,
};

async function measurePage(): Promise<Table> {
  installApart('scripts/bench/lighthouse', 'lighthouse');
  const core = path.join(root, 'scripts/bench/lighthouse/node_modules/lighthouse/core');
  const load = async (file: string): Promise<{ default: unknown }> =>
    (await import(pathToFileURL(path.join(core, file)).href)) as { default: unknown };
  const lighthouse = (await load('index.js')).default as Lighthouse;
  const { default: desktop } = await load('config/desktop-config.js');
  const debuggingPort = await anyFreePort();
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...CHROMIUM_ARGS, `--remote-debugging-port=${debuggingPort}`],
  });
  const workbook = await startWorkbook(root);
  try {
    const rows: string[][] = [];
    for (const place of PLACES) {
      const url = `${workbook.url}#/${place}`;
      const flags = { port: debuggingPort, onlyCategories: CATEGORIES, logLevel: 'error' } as const;
      const run = await lighthouse(url, flags, desktop);
      if (!run) throw new Error(`Lighthouse said nothing of ${url}.`);
      tellWhatCosts(place, run.lhr);
      const scores = CATEGORIES.map((name) => percent(run.lhr.categories[name]?.score));
      const tab = await browser.newPage();
      const loaded = await kilobytesLoaded(tab, () => tab.goto(url));
      await tab.close();
      rows.push([`#/${place}`, ...scores, `${loaded.toFixed(1)} kB`]);
    }
    return { columns: ['place', ...CATEGORIES, 'first load'], rows };
  } finally {
    await browser.close();
    await workbook.stop();
  }
}

const percent = (score: number | null | undefined): string =>
  score === null || score === undefined ? 'none' : String(Math.round(score * 100));

/** What there is to mend, for whoever runs it. */
function tellWhatCosts(place: string, { audits }: LighthouseResult): void {
  for (const { score, title, scoreDisplayMode } of Object.values(audits)) {
    if (scoreDisplayMode === 'binary' && score === 0) console.error(`#/${place}: ${title}`);
  }
}
