import type { MadeTable } from './made-table.ts';
import { pointsTable } from './points-table.ts';
import { solutionsTable } from './solutions-table.ts';
import { topicsTable } from './topics-table.ts';

/** All tables in documents that are made from the code. */
export const madeTables: readonly MadeTable[] = [topicsTable, solutionsTable, pointsTable];
