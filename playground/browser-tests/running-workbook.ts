/** Starts a copy of the workbook, as `npm start` does, for the browser tests. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { copyWorkbook } from '../../shared/copy-workbook.ts';
import { startWorkbook, type StartedWorkbook } from './start-workbook.ts';
import { buildPage } from '../server/build-page.ts';

export interface RunningWorkbook extends StartedWorkbook {
  /** The copy's folder. */
  folder: string;
}

/** Starts a copy whose stubs are as they are in this checkout, with the page as it was built here. */
export async function startWorkbookCopy(args: string[] = []): Promise<RunningWorkbook> {
  const { folder, remove } = copyWorkbook('browser');
  const page = await buildPage(() => console.log('Building the page…'));
  cpSync(page, path.join(folder, path.basename(page)), { recursive: true });
  const workbook = await startWorkbook(folder, args);
  return {
    ...workbook,
    folder,
    async stop() {
      await workbook.stop();
      remove();
    },
  };
}
