/** `npm run write-table`: brings the tables that are made from the code up to date. */
import { writeTable } from './made-table.ts';
import { madeTables } from './made-tables.ts';

for (const table of madeTables) await writeTable(table);
