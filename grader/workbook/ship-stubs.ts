/** `npm run ship-stubs`: records the stubs as they are now; for authors, after changing one. */
import { shipStubs } from './shipped-stubs.ts';

shipStubs();
