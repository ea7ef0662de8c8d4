/** `npm run write-table`: brings the tables that are made from the code up to date. */
import { writeTable } from './made-table.ts';
import { pointsTable } from './points-table.ts';
import { solutionsTable } from './solutions-table.ts';

for (const table of [solutionsTable, pointsTable]) await writeTable(table);
