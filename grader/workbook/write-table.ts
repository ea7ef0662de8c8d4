/** `npm run write-table`: brings the table of solutions in CONTRIBUTING up to date. */
import { writeSolutionsTable } from './solutions-table.ts';

await writeSolutionsTable();
